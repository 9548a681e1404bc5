// @ts-check
/** Commands that wait for their answer. Each is settled exactly once: by the server, or by the time limit. */

import { refusals } from "../protocol.js";

/** A person waits no longer than this for a button; what comes later is void. */
export const ANSWER_MS = 5000;
/** More than a person can press; a page that asks for more has lost its way. */
export const OPEN_REQUESTS = 40;

const NO_ANSWER = refusals.busy ?? "";

/** What this page is called for as long as it lives: what comes again under its name is not carried out again. */
const nameOfPage = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join("");

/** @typedef {{ reason: string, sentence: string }} Refusal */
/**
 * @typedef {object} Waiting
 * @property {object} command
 * @property {() => void} resolve
 * @property {(refusal: Refusal) => void} reject
 * @property {unknown} timer
 */

/** @param {string} reason @returns {Refusal} */
export const refusal = (reason) => ({ reason, sentence: refusals[reason] ?? NO_ANSWER });

/** @param {{ setTimeout: Function, clearTimeout: Function }} [world] */
export function createRequests(world = globalThis) {
  /** @type {Map<number, Waiting>} */
  const open = new Map();
  let last = 0;

  /** @param {number} ref @param {(one: Waiting) => void} settle */
  function finish(ref, settle) {
    const one = open.get(ref);
    if (!one) return;
    open.delete(ref);
    world.clearTimeout(one.timer);
    settle(one);
  }

  return {
    page: nameOfPage(),
    /**
     * Register a command and get its number and its promise.
     * @param {object} command
     * @returns {{ ref: number, answer: Promise<void> }}
     */
    add(command) {
      if (open.size >= OPEN_REQUESTS) return { ref: 0, answer: Promise.reject(refusal("busy")) };
      const ref = ++last;
      /** @type {Promise<void>} */
      const answer = new Promise((resolve, reject) => {
        const timer = world.setTimeout(() => finish(ref, (one) => one.reject(refusal("busy"))), ANSWER_MS);
        open.set(ref, { command, resolve, reject, timer });
      });
      return { ref, answer };
    },
    /** @param {number} ref */
    settle: (ref) => finish(ref, (one) => one.resolve()),
    /** @param {number} ref @param {Refusal} why */
    refuse: (ref, why) => finish(ref, (one) => one.reject(why)),
    /** What has no answer yet, to be sent again on a new line, by the same number. */
    unanswered: () => [...open].map(([ref, one]) => ({ ref, command: one.command })),
    /** Give up on all of them. */
    abandon() {
      for (const ref of [...open.keys()]) finish(ref, (one) => one.reject(refusal("busy")));
    },
  };
}

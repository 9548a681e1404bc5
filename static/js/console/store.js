// @ts-check
/** The state of the console: the board as the server tells it, and what this page alone knows. */

import { clock, remaining } from "@/connection/clock.js";
import { batch, computed, signal } from "@/lib/view.js";
import { EMPTY, reduce } from "./board.js";
import { needs, newCalls } from "./needs.js";

/** @typedef {import("./flags.js").Filter} Filter */
/** @typedef {{ kind: "move", attendee: string } | { kind: "room", room: string } | { kind: "remove", attendee: string } | { kind: "people" } | { kind: "next", attendee: string } | { kind: "help" }} Sheet */
/** @typedef {{ words: string, undo?: () => void }} Toast */

const KEYS_KEPT_UNDER = "rondo.console.keys";

export const board = signal(EMPTY);
/** The server's clock, a step each second. */
export const now = signal(0);
/** @type {{ value: { state: string, sentence: string } }} */
export const line = signal({ state: "opening", sentence: "" });

export const filter = signal(/** @type {Filter} */ ("all"));
export const nextFilter = signal(/** @type {import("./next_words.js").NextFilter} */ ("all"));
/** Whether the next round is unfolded; as the phase has it until a host says otherwise. @type {{ value: boolean|null }} */
export const nextOpen = signal(null);
/** The verb that asks before it acts. @type {{ value: string|null }} */
export const asking = signal(null);
/** Places whose wish is on the road. @type {{ value: ReadonlySet<string> }} */
export const busy = signal(new Set());
/** Sentences of refusals, each at the place where the wish was made. @type {{ value: ReadonlyMap<string, string> }} */
export const refusedAt = signal(new Map());
/** @type {{ value: Sheet|null }} */
export const sheet = signal(null);
/** Who is being dragged. @type {{ value: string|null }} */
export const carried = signal(null);
/** The place below the pointer meanwhile. @type {{ value: string|null }} */
export const over = signal(null);
/** @type {{ value: ReadonlySet<string> }} */
export const waitedFor = signal(new Set());
/** @type {{ value: Toast|null }} */
export const toast = signal(null);
/** Who gets the next message: a room, or everybody when empty. @type {{ value: string }} */
export const recipient = signal("");
export const keysOn = signal(localStorage.getItem(KEYS_KEPT_UNDER) !== "off");

/** Only what changes with the board, so that a second that passes draws no room anew. */
export const phase = computed(() => board.value.event?.phase ?? "draft");

/** Those who need a host, as of now. */
export const needed = computed(() => needs(board.value, now.value, waitedFor.value));

/** @returns {number|null} what is left of the clock of this phase */
export function left() {
  const event = board.value.event;
  return event?.clock && now.value ? remaining(event.clock) : null;
}

/** A second has passed. */
export function tick() {
  now.value = clock.now();
}

/**
 * Take a notice in.
 * @param {{ type: string }} notice
 * @returns {string[]} the calls for help that are new
 */
export function hear(notice) {
  const before = board.value;
  const after = reduce(before, notice);
  if (after === before) return [];
  const fresh = before.event === null;
  batch(() => {
    board.value = after;
    tick();
  });
  return fresh ? [] : newCalls(before, after);
}

/** @param {boolean} on */
export function setKeys(on) {
  keysOn.value = on;
  localStorage.setItem(KEYS_KEPT_UNDER, on ? "on" : "off");
}

/** @param {string} key a need that can wait */
export function wait(key) {
  waitedFor.value = new Set([...waitedFor.value, key]);
}

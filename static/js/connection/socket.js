// @ts-check
/**
 * The one line to the server: opens, says hello, comes back by itself, and ends when told to.
 * One state value: idle → opening → open ⇄ waiting → ended. What comes from an earlier attempt is dropped, by number.
 */

import { createTimers } from "../lib/timers.js";
import { closeCodes, limits, message } from "../protocol.js";
import { delay, shortDelay } from "./backoff.js";
import { clock } from "./clock.js";
import { createRequests, refusal } from "./requests.js";
import { NotAdmitted, takeTicket } from "./ticket.js";

export const SUBPROTOCOL = "rooms.v1";
/** A line that lasted this long was a good one; the next trouble starts counting anew. */
const STEADY_MS = 10_000;
const FOUND_AGAIN = "Finding you again";

/** @typedef {"idle" | "opening" | "open" | "waiting" | "ended"} LineState */
/** @typedef {{ meaning: string, sentence: string, attempt: number, retryInMs: number }} News */
/**
 * @typedef {object} Options
 * @property {string} ticketUrl
 * @property {(notice: any) => void} onNotice
 * @property {(state: LineState, news: News) => void} [onState]
 * @property {() => number | null} last the last `seq` seen, null for a fresh page
 * @property {() => number} [crowd] how many people are here, as far as the page knows
 * @property {any} [world] WebSocket, fetch, timers, random and window, replaced by tests
 */

export class Line {
  /** @param {Options} options */
  constructor({ ticketUrl, onNotice, onState = () => {}, last, crowd = () => 0, world = globalThis }) {
    this.ticketUrl = ticketUrl;
    this.onNotice = onNotice;
    this.onState = onState;
    this.last = last;
    this.crowd = crowd;
    this.world = world;
    this.requests = createRequests(world);
    /** @type {LineState} */
    this.state = "idle";
    this.generation = 0;
    this.attempt = 0;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.timers = createTimers(world);
    this.hurry = () => this.state === "waiting" && this.open();
    world.addEventListener?.("online", this.hurry);
    world.document?.addEventListener("visibilitychange", this.hurry);
  }

  /** Try now; what an earlier try still brings is void. */
  async open() {
    if (this.state === "ended") return;
    const generation = ++this.generation;
    this.#drop();
    this.#become("opening", "OPENING", "");
    try {
      const path = await takeTicket(this.ticketUrl, this.world.fetch.bind(this.world));
      if (generation === this.generation) this.#dial(path, generation);
    } catch (error) {
      if (generation !== this.generation) return;
      if (error instanceof NotAdmitted) this.#end("NOT_ADMITTED", error.message);
      else this.#wait(this.#pause(), "LOST", FOUND_AGAIN);
    }
  }

  /** @param {string} path @param {number} generation */
  #dial(path, generation) {
    const url = new URL(path, this.world.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new this.world.WebSocket(url.href, SUBPROTOCOL);
    this.socket = socket;
    this.#watch();
    const mine = (/** @type {Function} */ act) => (/** @type {any} */ event) => {
      if (generation === this.generation) act(event);
    };
    socket.onopen = mine(() => this.#send(null, message.hello({ last: this.last(), page: this.requests.page })));
    socket.onmessage = mine((/** @type {MessageEvent} */ event) => this.#hear(JSON.parse(event.data)));
    socket.onclose = mine((/** @type {CloseEvent} */ event) => this.#closed(event.code));
  }

  /** @param {any} notice */
  #hear(notice) {
    this.#watch();
    if (notice.type === "settled") return this.requests.settle(notice.ref);
    if (notice.type === "refused") return this.requests.refuse(notice.ref, notice);
    this.#readClock(notice);
    if (isGreeting(notice)) this.#greeted();
    this.onNotice(notice);
  }

  /** @param {any} notice */
  #readClock(notice) {
    if (isGreeting(notice) && this.state === "opening") clock.forget();
    const now = notice.now ?? notice.snapshot?.now;
    if (typeof now === "number") clock.hear(now);
  }

  /** A fresh picture may stand for the answers that were on their way: what has none is asked again. */
  #greeted() {
    if (this.state === "opening") {
      this.timers.after("steady", STEADY_MS, () => {
        this.attempt = 0;
      });
      this.#become("open", "OPEN", "");
    }
    for (const { ref, command } of this.requests.unanswered()) this.#send(ref, command);
  }

  /** @param {number} code */
  #closed(code) {
    // A code that is not in the table is a broken road.
    const row = closeCodes[code] ?? { name: "LOST", after: "return", sentence: FOUND_AGAIN };
    if (row.after === "stay_away") {
      this.#end(row.name, row.sentence);
      return;
    }
    const pause = row.after === "return_at_once" ? shortDelay(this.world.Math?.random) : this.#pause();
    this.#wait(pause, row.name, row.sentence);
  }

  /** Until the next try after trouble that others may have as well. */
  #pause = () => delay(this.attempt++, this.world.Math?.random, this.crowd());

  /** @param {number} pauseMs @param {string} meaning @param {string} sentence */
  #wait(pauseMs, meaning, sentence) {
    this.generation += 1;
    this.#drop();
    this.timers.after("retry", pauseMs, () => this.open());
    this.#become("waiting", meaning, sentence, pauseMs);
  }

  /** @param {string} meaning @param {string} sentence */
  #end(meaning, sentence) {
    this.generation += 1;
    this.#drop();
    this.requests.abandon();
    this.world.removeEventListener?.("online", this.hurry);
    this.world.document?.removeEventListener("visibilitychange", this.hurry);
    this.#become("ended", meaning, sentence);
  }

  #drop() {
    this.timers.clearAll();
    const socket = this.socket;
    this.socket = null;
    if (socket && socket.readyState < 2) socket.close(1000);
  }

  /** Nothing heard for so long, although the server pulses: the road is broken without a word. */
  #watch() {
    this.timers.after("silence", limits.SILENCE_MS, () => this.#wait(this.#pause(), "SILENT", FOUND_AGAIN));
  }

  /** @param {LineState} state @param {string} meaning @param {string} sentence @param {number} [retryInMs] */
  #become(state, meaning, sentence, retryInMs = 0) {
    this.state = state;
    this.onState(state, { meaning, sentence, attempt: this.attempt, retryInMs });
  }

  /** @param {number | null} ref @param {object} body */
  #send(ref, body) {
    this.socket?.send(JSON.stringify([ref, body]));
  }

  /** Wait for the answer, also over a broken line; rejected with `{ reason, sentence }`. @param {object} command */
  ask(command) {
    if (this.state === "ended") return Promise.reject(refusal("busy"));
    const { ref, answer } = this.requests.add(command);
    if (this.state === "open" && ref) this.#send(ref, command);
    return answer;
  }

  /** Needs no answer; what could not leave (false) is not said later. @param {object} body */
  tell(body) {
    if (this.state !== "open") return false;
    this.#send(null, body);
    return true;
  }

  /** Leave on purpose: no seat is kept. */
  leave() {
    this.tell(message.goodbye());
    this.#end("GOODBYE", closeCodes[1000]?.sentence ?? "");
  }
}

/** @param {any} notice */
const isGreeting = (notice) => notice.type === "welcome" || notice.type === "resumed";

/** @param {Options} options */
export function connect(options) {
  const line = new Line(options);
  line.open();
  return line;
}

// @ts-check
/** Where the event stands and what comes next, in words. Pure. */

import { lengthWords, span } from "./words.js";

/** @typedef {import("../protocol.js").EventView} EventView */
/** @typedef {import("../protocol.js").SegmentView} SegmentView */
/** @typedef {{ key: string, words: string, at: number|null }} Coming */

/** Smaller delays are nobody's business. */
const DELAY_TOLD_MS = 5_000;

/** @param {EventView} event @returns {SegmentView|undefined} */
export const segmentNow = (event) => event.agenda[event.segment];

/** @param {EventView} event @returns {number} the round that begins next in this segment; it may not exist */
export const nextRound = (event) => event.round + 1;

/** @param {EventView} event @returns {boolean} whether this segment has a round after the present one */
const roundsLeft = (event) => segmentNow(event)?.kind === "rounds" && event.round < event.rounds;

/** @param {EventView} event @returns {number|null} the round that follows by itself, if one does */
export function roundAhead(event) {
  if (roundsLeft(event)) return nextRound(event);
  return event.agenda[event.segment + 1]?.kind === "rounds" ? 1 : null;
}

/** @param {EventView} event @returns {number|null} the round that a host may start now, breaks left out */
export function roundToStart(event) {
  const later = event.agenda.slice(event.segment + 1).some((segment) => segment.kind === "rounds");
  return roundAhead(event) ?? (later ? 1 : null);
}

/** @param {EventView} event */
function thenWords(event) {
  const ahead = roundAhead(event);
  return ahead === null ? "then the next part" : `then round ${ahead}`;
}

/** @type {Record<EventView["phase"], (event: EventView) => string>} */
const TITLES = {
  draft: () => "Not open yet",
  lobby: (event) => segmentNow(event)?.title || "In the lobby",
  forming: (event) => `Round ${nextRound(event)} of ${event.rounds}`,
  talking: (event) => `Round ${event.round} of ${event.rounds}`,
  changeover: (event) => `After round ${event.round}`,
  closing: (event) => segmentNow(event)?.title || "Wrap-up",
  ended: () => "The event is over",
};

/** @param {EventView} event @returns {string} the heading above the clock */
export const phaseTitle = (event) => TITLES[event.phase](event);

/** @type {Record<EventView["phase"], (event: EventView) => string>} */
const AFTERWARDS = {
  draft: () => "until the doors open",
  lobby: thenWords,
  forming: () => "pairs are being made",
  talking: (event) => `then changeover, ${lengthWords(segmentNow(event)?.changeoverMs ?? 0)}`,
  changeover: thenWords,
  closing: () => "then it is over",
  ended: () => "",
};

/** @param {EventView} event @returns {string} the small line inside the ring */
export function afterwards(event) {
  if (event.paused) return event.phase === "talking" ? "held, rooms stay open" : "the clock is held";
  if (event.waitingForPeople) return "waiting for two who are ready";
  return event.clock ? AFTERWARDS[event.phase](event) : "no clock, it is your word";
}

/** @param {EventView} event @returns {Coming[]} rounds of this segment that are still to come, at most one */
function comingRounds(event) {
  const segment = segmentNow(event);
  const number = event.phase === "forming" ? nextRound(event) + 1 : nextRound(event);
  if (segment?.kind !== "rounds" || number > event.rounds) return [];
  const ends = event.clock?.endsAt ?? null;
  const pause = { talking: segment.changeoverMs, forming: segment.roundLengthMs + segment.changeoverMs };
  const at = ends === null ? null : ends + (pause[/** @type {"talking"} */ (event.phase)] ?? 0);
  return [{ key: `round-${number}`, words: `Round ${number}`, at }];
}

/** @param {SegmentView} segment @returns {string} */
function segmentWords(segment) {
  if (segment.kind === "rounds")
    return `${segment.title || "Rounds"}, ${segment.rounds} × ${lengthWords(segment.roundLengthMs)}`;
  return `${segment.title}, ${lengthWords(segment.lengthMs)}`;
}

/**
 * What comes next, with times where there are any.
 * @param {EventView} event
 * @param {number} most
 * @returns {Coming[]}
 */
export function comingUp(event, most = 3) {
  if (event.phase === "ended") return [];
  const first = event.phase === "draft" ? event.segment : event.segment + 1;
  const later = event.agenda.slice(first).map((segment, index) => ({
    key: `segment-${first + index}`,
    words: segmentWords(segment),
    at: segment.startsAt,
  }));
  return [...comingRounds(event), ...later].slice(0, most);
}

/** @param {EventView} event @returns {string} `Running 40 s behind plan`, or nothing */
export const delayWords = (event) =>
  event.behindMs >= DELAY_TOLD_MS && event.phase !== "ended" ? `Running ${span(event.behindMs)} behind plan.` : "";

/** @param {EventView} event @returns {{ words: string, tone: "good"|"warn"|"plain" }} the tag in the bar on top */
export function liveTag(event) {
  if (event.phase === "draft") return { words: "Not open yet", tone: "plain" };
  if (event.phase === "ended") return { words: "Over", tone: "plain" };
  if (event.paused) return { words: "Paused", tone: "warn" };
  if (event.phase === "talking") return { words: `Live, round ${event.round}`, tone: "good" };
  return { words: "Live", tone: "good" };
}

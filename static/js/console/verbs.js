// @ts-check
/** Which verbs the clock panel offers; the first follows the phase. Pure. */

import { roundAhead, roundToStart } from "./programme.js";

/** @typedef {import("../protocol.js").EventView} EventView */
/** @typedef {"openEvent"|"startRound"|"cancelRound"|"pauseEvent"|"resumeEvent"|"extendRound"|"endRound"|"nextSegment"|"endEvent"} VerbName */
/**
 * @typedef {object} Verb
 * @property {VerbName} name the builder in `command`
 * @property {string} words
 * @property {string} icon
 * @property {""|"sun"|"pine"|"bad"} tone
 * @property {string} [key] the single key that does the same
 * @property {string} [asks] what is asked once, in place, before it is done
 * @property {string} [yes] the word on the button that does it then
 */

/** @type {Verb} */
const OPEN = { name: "openEvent", words: "Open the doors", icon: "door-open", tone: "sun" };
/** @type {Verb} */
const UNDO = { name: "cancelRound", words: "Undo", icon: "undo-2", tone: "" };
/** @type {Verb} */
const PAUSE = { name: "pauseEvent", words: "Pause", icon: "pause", tone: "", key: "Space" };
/** @type {Verb} */
const RESUME = { name: "resumeEvent", words: "Resume", icon: "play", tone: "pine", key: "Space" };
/** @type {Verb} */
const MINUTE = { name: "extendRound", words: "+1 min", icon: "timer", tone: "", key: "+" };
/** @type {Verb} */
const SKIP = { name: "startRound", words: "Skip the wait", icon: "skip-forward", tone: "" };

/** @param {EventView} event @returns {Verb} */
const start = (event) => ({
  name: "startRound",
  words: `Start round ${roundToStart(event)}`,
  icon: "play",
  tone: "sun",
});

/** @param {string} people @returns {Verb} */
const endRound = (people) => ({
  name: "endRound",
  words: "End round",
  icon: "circle-stop",
  tone: "",
  key: "E",
  asks: `End for ${people}?`,
  yes: "End round",
});

/** @param {EventView} event @param {string} people @returns {Verb[]} nothing when this is the last part */
function nextPart(event, people) {
  const next = event.agenda[event.segment + 1];
  if (!next) return [];
  const asks = `Go to “${next.title}” with ${people}?`;
  return [{ name: "nextSegment", words: "Next part", icon: "skip-forward", tone: "", asks, yes: "Next part" }];
}

/** @param {EventView} event @returns {Verb[]} hold or run, where a clock can stand */
function hold(event) {
  if (event.paused) return [RESUME];
  return event.clock ? [PAUSE] : [];
}

/** @type {Record<EventView["phase"], (event: EventView, people: string) => Verb[]>} */
const TABLE = {
  draft: () => [OPEN],
  lobby: (event, people) => [
    ...(roundToStart(event) === null ? [] : [start(event)]),
    ...hold(event),
    ...(event.clock ? [MINUTE] : []),
    ...nextPart(event, people),
  ],
  forming: () => [UNDO],
  talking: (event, people) => [
    ...hold(event).map((verb) => ({ ...verb, tone: /** @type {"pine"} */ ("pine") })),
    MINUTE,
    endRound(people),
    ...nextPart(event, people),
  ],
  changeover: (event, people) => [
    ...(roundAhead(event) === null ? [] : [SKIP]),
    ...hold(event),
    ...nextPart(event, people),
  ],
  closing: (event) => [...(event.clock ? [MINUTE] : []), ...hold(event)],
  ended: () => [],
};

/**
 * The verbs of this moment, the primary one first.
 * @param {EventView} event
 * @param {string} people `45 people`
 * @returns {Verb[]}
 */
export const verbs = (event, people) => TABLE[event.phase](event, people);

/**
 * Ends everything, once the doors are open; asked once, in place.
 * @param {EventView} event
 * @param {string} people
 * @returns {Verb|null}
 */
export function endEvent(event, people) {
  if (event.phase === "draft" || event.phase === "ended") return null;
  const asks = `End the event for ${people}?`;
  return { name: "endEvent", words: "End event", icon: "power", tone: "bad", asks, yes: "End event" };
}

/**
 * The verb that a single key stands for, if it is offered now.
 * @param {readonly Verb[]} offered
 * @param {string} key
 */
export const verbForKey = (offered, key) => offered.find((verb) => verb.key === key);

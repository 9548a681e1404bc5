// @ts-check
/** Which picture the page shows: one word, from what it knows. */

/** @typedef {"check" | "wait" | "lobby" | "pair" | "group" | "changeover" | "closing" | "ended" | "away"} Scene */
/**
 * @typedef {object} Facts
 * @property {boolean} checked whether the device check is behind us
 * @property {string} line state of the line
 * @property {import("./reduce.js").Known} known
 */

/** @param {Facts} facts @returns {Scene} */
export function sceneOf({ checked, line, known }) {
  const { event, room } = known;
  if (!checked) return "check";
  if (event?.phase === "ended") return "ended";
  if (line === "ended") return "away";
  if (!event) return "wait";
  if (room) return room.people.length > 2 ? "group" : "pair";
  if (event.phase === "closing") return "closing";
  if (event.phase === "changeover" && talkedJustNow(known)) return "changeover";
  return "lobby";
}

/** Whether the round that is over now was ours. @param {import("./reduce.js").Known} known */
function talkedJustNow({ lastRoom, leftBecause }) {
  return lastRoom !== null && leftBecause === "round_ended";
}

/** What the countdown of the lobby counts down to. @param {import("../protocol.js").EventView} event */
export function comingUp(event) {
  const here = event.agenda[event.segment];
  if (event.phase === "talking") return { kind: "round_end", label: "This round ends in" };
  if (here?.kind === "rounds" && event.round < event.rounds) return roundLabel(event);
  const next = event.agenda[event.segment + 1];
  if (next?.kind === "rounds") return { kind: "rounds", label: isFirst(event) ? "First round in" : "Next round in" };
  if (next?.kind === "closing") return { kind: "closing", label: `${next.title} in` };
  return { kind: next?.kind ?? "end", label: next ? `${next.title} in` : "The event ends in" };
}

/** @param {import("../protocol.js").EventView} event */
function roundLabel(event) {
  const first = event.round === 0 && isFirst(event);
  return { kind: "rounds", label: first ? "First round in" : `Round ${event.round + 1} in` };
}

/** @param {import("../protocol.js").EventView} event */
const isFirst = (event) => !event.agenda.slice(0, event.segment).some((part) => part.kind === "rounds");

/** Whether anybody will be given a room again. @param {import("../protocol.js").EventView} event */
export const moreRounds = (event) =>
  (event.agenda[event.segment]?.kind === "rounds" && event.round < event.rounds) ||
  event.agenda.slice(event.segment + 1).some((part) => part.kind === "rounds");

/** One line of "Next up". @param {import("../protocol.js").SegmentView} part */
export function describe(part) {
  if (part.hint) return part.hint;
  const minutes = Math.max(1, Math.round(part.lengthMs / 60_000));
  if (part.kind !== "rounds") return `${minutes} min`;
  const each =
    part.roundLengthMs >= 60_000 ? `${Math.round(part.roundLengthMs / 60_000)} min` : `${part.roundLengthMs / 1000} s`;
  const size = part.size === 2 ? "One to one" : `Tables of ${NUMBERS[part.size] ?? part.size}`;
  return part.rounds === 1 ? `${size}, ${each}` : `${part.rounds} rounds, ${size.toLowerCase()}, ${each} each`;
}

/** @type {Record<number, string>} */
const NUMBERS = { 3: "three", 4: "four", 5: "five", 6: "six" };

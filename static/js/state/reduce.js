// @ts-check
/** What the page knows, and how a notice changes it: one slice at a time, so hearing a notice twice does no harm. */

import { limits } from "../protocol.js";

/** @typedef {import("../protocol.js").Notice} Notice */
/** @typedef {{ rows: Map<string, import("../protocol.js").RosterRow>, present: number, ready: number }} Roster */
/**
 * @typedef {object} Known
 * @property {number | null} seq everything up to here has been heard whole
 * @property {import("../protocol.js").EventView | null} event
 * @property {Roster} roster
 * @property {import("../protocol.js").ChatLine[]} chat
 * @property {import("../protocol.js").Me | null} me
 * @property {import("../protocol.js").RoomView | null} room
 * @property {import("../protocol.js").RoomView | null} lastRoom the room we were in before, as it was then
 * @property {string} leftBecause why the last room was left
 * @property {import("../protocol.js").Next | null} next
 */

/** @type {Known} */
export const NOTHING = {
  seq: null,
  event: null,
  roster: { rows: new Map(), present: 0, ready: 0 },
  chat: [],
  me: null,
  room: null,
  lastRoom: null,
  leftBecause: "",
  next: null,
};

/**
 * @param {Known} known
 * @param {Notice} notice
 * @returns {Known}
 */
export function reduce(known, notice) {
  const slice = slices[/** @type {keyof typeof slices} */ (notice.type)];
  const changed = slice ? slice(known, /** @type {any} */ (notice)) : {};
  return { ...known, ...changed, seq: seqAfter(known.seq, notice) };
}

/**
 * Several notices may come from one entry of the journal, so an entry counts as heard only when the next one begins or
 * a pulse says that it was the last.
 * @param {number | null} seq
 * @param {any} notice
 */
export function seqAfter(seq, notice) {
  if (notice.type === "welcome") return notice.snapshot.seq;
  if (notice.type === "pulse" || notice.type === "resumed") return notice.seq;
  if (!notice.seq) return seq;
  return seq === null ? seq : Math.max(seq, notice.seq - 1);
}

/** @param {Known} known @param {import("../protocol.js").Welcome} notice @returns {Partial<Known>} */
function welcome(known, { snapshot }) {
  // Newest first on the wire; here the oldest lead, so that newcomers are added at the end.
  const rows = new Map(snapshot.roster.toReversed().map((row) => [row.id, row]));
  return {
    event: snapshot.event,
    roster: { rows, present: snapshot.present, ready: snapshot.ready },
    chat: snapshot.chat,
    me: snapshot.me,
    next: snapshot.next,
    ...enter(known, snapshot.room),
  };
}

/** @param {Known} known @param {import("../protocol.js").RosterChanged} notice @returns {Partial<Known>} */
function rosterChanged({ roster }, { rows, gone, present, ready }) {
  const next = new Map(roster.rows);
  for (const id of gone) next.delete(id);
  for (const row of rows) next.set(row.id, row);
  return { roster: { rows: newest(next), present, ready } };
}

/** The map keeps the order of arrival in the list; beyond the limit the oldest rows go. @param {Roster["rows"]} rows */
function newest(rows) {
  return rows.size <= limits.ROSTER_ROWS ? rows : new Map([...rows].slice(-limits.ROSTER_ROWS));
}

/** @param {Known} known @param {import("../protocol.js").RoomView | null} room @returns {Partial<Known>} */
function enter(known, room) {
  const left = known.room && known.room.id !== room?.id ? { lastRoom: known.room } : {};
  return { room, ...left, ...(room ? { leftBecause: "" } : {}) };
}

/** @param {Known} known @param {import("../protocol.js").RoomLeft} notice @returns {Partial<Known>} */
function roomLeft(known, { room, why }) {
  if (known.room?.id !== room) return {};
  return { room: null, lastRoom: known.room, leftBecause: why };
}

/** @param {Known} known @param {import("../protocol.js").ChatHeard} notice @returns {Partial<Known>} */
function chatHeard(known, { line }) {
  if (line.room === null) return { chat: withLine(known.chat, line) };
  if (known.room?.id !== line.room) return {};
  return { room: { ...known.room, chat: withLine(known.room.chat, line) } };
}

/** @param {import("../protocol.js").ChatLine[]} lines @param {import("../protocol.js").ChatLine} line */
function withLine(lines, line) {
  if (lines.some((one) => one.id === line.id)) return lines;
  return [...lines, line].slice(-limits.CHAT_LINES_KEPT);
}

const slices = {
  welcome,
  "event.changed": (/** @type {Known} */ _, /** @type {any} */ { event }) => ({ event }),
  "roster.changed": rosterChanged,
  "me.changed": (/** @type {Known} */ _, /** @type {any} */ { me }) => ({ me }),
  "next.changed": (/** @type {Known} */ _, /** @type {any} */ { next }) => ({ next }),
  "room.changed": (/** @type {Known} */ known, /** @type {any} */ { room }) => enter(known, room),
  "room.left": roomLeft,
  "chat.heard": chatHeard,
};

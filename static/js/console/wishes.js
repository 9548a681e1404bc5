// @ts-check
/** What a host wishes: sent, waited for, and answered in the place where it was wished. */

import { say } from "@/lib/announce.js";
import { command } from "@/protocol.js";
import { pairs } from "./moves.js";
import { keptApart } from "./next_board.js";
import { asking, board, busy, recipient, refusedAt, sheet, toast } from "./store.js";
import { pairable } from "./waiting.js";
import { firstName, listed } from "./words.js";

/** @typedef {import("./verbs.js").VerbName} VerbName */

/** A refusal is read in its place for so long. */
const REFUSAL_SHOWN_MS = 8_000;

/** @type {{ ask: (command: object) => Promise<void> }|null} */
let road = null;

/** @param {{ ask: (command: object) => Promise<void> }} line */
export function travelBy(line) {
  road = line;
}

/** @param {string} place @param {boolean} on */
function setBusy(place, on) {
  const places = new Set(busy.value);
  if (on) places.add(place);
  else places.delete(place);
  busy.value = places;
}

/** @param {string} place @param {string|null} sentence */
export function setRefusal(place, sentence) {
  const places = new Map(refusedAt.value);
  if (sentence === null) places.delete(place);
  else places.set(place, sentence);
  refusedAt.value = places;
}

/** @param {string} place @param {string} sentence */
function refuse(place, sentence) {
  setRefusal(place, sentence);
  say(sentence);
  setTimeout(() => refusedAt.value.get(place) === sentence && setRefusal(place, null), REFUSAL_SHOWN_MS);
}

/**
 * Send a wish; a refusal is shown at `place`.
 * @param {string} place
 * @param {object} wish
 * @returns {Promise<boolean>} whether it was carried out
 */
export async function ask(place, wish) {
  if (!road || busy.value.has(place)) return false;
  setBusy(place, true);
  setRefusal(place, null);
  try {
    await road.ask(wish);
    return true;
  } catch (refusal) {
    refuse(place, /** @type {{ sentence?: string }} */ (refusal).sentence ?? "That did not work. Try again.");
    return false;
  } finally {
    setBusy(place, false);
  }
}

/** @param {string} words @param {() => void} [undo] */
export function tell(words, undo) {
  toast.value = { words, undo };
  say(words);
}

/** @param {string} attendee */
export const nameOf = (attendee) => firstName(board.value.people.get(attendee)?.name ?? "Somebody");

/** @param {VerbName} name */
export async function act(name) {
  asking.value = null;
  const build = /** @type {Record<VerbName, (fields?: any) => object>} */ (command)[name];
  return ask(`verb:${name}`, build({}));
}

/**
 * Move somebody; a room of null is a new one.
 * @param {string} place
 * @param {string} attendee
 * @param {string|null} room
 */
export async function move(place, attendee, room) {
  const before = board.value.people.get(attendee)?.room ?? null;
  const number = room === null ? null : board.value.rooms.get(room)?.number;
  if (!(await ask(place, command.moveSeat({ attendee, room })))) return false;
  const back = before !== null && board.value.rooms.get(before)?.people.length ? before : null;
  const undo = back === null ? undefined : () => ask(`room:${back}`, command.moveSeat({ attendee, room: back }));
  tell(`${nameOf(attendee)} moved to ${number ? `room ${number}` : "a new room"}.`, undo);
  return true;
}

/** Put everybody who is free together, two by two. */
export async function pairUp() {
  const free = pairable(board.value).map((person) => person.id);
  const groups = pairs(free, (one, other) => !keptApart(board.value, one, other));
  for (const attendees of groups) {
    const done = await ask("waiting", command.pairUp({ attendees }));
    if (!done) return;
    tell(`${listed(attendees.map(nameOf))} have a room.`);
  }
}

/**
 * @param {string} text
 * @param {string} room everybody when empty
 */
export async function broadcast(text, room) {
  const number = room ? board.value.rooms.get(room)?.number : null;
  if (!(await ask("broadcast", command.sendBroadcast({ text, room: room || null })))) return false;
  tell(number ? `Sent to room ${number}.` : "Sent to everybody.");
  return true;
}

/** @param {string} attendee @param {boolean} ban */
export async function remove(attendee, ban) {
  const name = nameOf(attendee);
  if (!(await ask(`remove:${attendee}`, command.removeAttendee({ attendee, ban })))) return false;
  tell(`${name} is removed.`, () => readmit(attendee));
  return true;
}

/** @param {string} attendee */
export async function readmit(attendee) {
  if (await ask(`remove:${attendee}`, command.readmitAttendee({ attendee })))
    tell(`${nameOf(attendee)} may come back.`);
}

/** @param {string} room */
export async function giveMinute(room) {
  const number = board.value.rooms.get(room)?.number;
  if (await ask(`room:${room}`, command.extendRound({ room }))) tell(`Room ${number} has one more minute.`);
}

/** @param {string} key @param {string} attendee */
export const answerHelp = (key, attendee) => ask(key, command.answerHelp({ attendee }));

/** @param {string} key @param {number} report */
export const closeReport = (key, report) => ask(key, command.closeReport({ report }));

/** @param {string} [room] whose message it will be; everybody when empty */
export function write(room = "") {
  const go = () => document.getElementById("tell")?.focus();
  recipient.value = room;
  if (!sheet.value) return go();
  sheet.value = null;
  // The sheet gives the focus back when it closes; ours comes after that.
  requestAnimationFrame(go);
  return undefined;
}

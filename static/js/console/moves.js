// @ts-check
/** Where somebody may be moved: the same answer for dragging, the menu and the keyboard. Pure. */

import { peopleOf, placed } from "./board.js";
import { flagsOf, isHere } from "./flags.js";
import { fits } from "./next_board.js";
import { firstName, inWords, listed } from "./words.js";

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./board.js").Room} Room */
/** @typedef {{ legal: boolean, sentence: string }} Verdict */
/** @typedef {{ room: Room, names: string, verdict: Verdict }} Suggestion */

/** Browsers connect to each other directly up to here, so no room is made larger by hand (`MESH_SEATS`). */
export const MOST_SEATS = 4;

/** @param {Board} board @returns {boolean} whether people have seats that can be changed */
export const canMoveNow = (board) => board.event?.phase === "talking";

/**
 * Whether this person may be put there, as far as the console can know; the conductor has the last word.
 * @param {Board} board
 * @param {string} attendee
 * @param {Room} room
 * @returns {Verdict}
 */
export function verdict(board, attendee, room) {
  if (!canMoveNow(board)) return { legal: false, sentence: "Seats can be changed while people talk" };
  if (room.closed) return { legal: false, sentence: "This room is closed" };
  if (room.people.includes(attendee)) return { legal: false, sentence: "Sits here already" };
  if (room.people.length >= MOST_SEATS) return { legal: false, sentence: "No free seat" };
  if (!fits(board, attendee, room.people)) return { legal: false, sentence: "Kept apart from somebody here" };
  return { legal: true, sentence: `Drop to make ${inWords(room.people.length + 1)}` };
}

/** @param {Verdict} answer @returns {string} the same without a pointer: `Makes three` */
export const withoutPointer = (answer) => answer.sentence.replace("Drop to make", "Makes");

/**
 * @param {Board} board
 * @param {string} attendee
 * @returns {Verdict} for a new room of their own
 */
export function ownRoomVerdict(board, attendee) {
  if (!canMoveNow(board)) return { legal: false, sentence: "Seats can be changed while people talk" };
  const person = board.people.get(attendee);
  const room = person?.room ? board.rooms.get(person.room) : undefined;
  if (room && room.people.length === 1) return { legal: false, sentence: "Has a room of their own already" };
  return { legal: true, sentence: "Drop to open a new room" };
}

/**
 * Lower is better: somebody alone first, then the smaller room, then one that has nothing the matter.
 * @param {Board} board
 * @param {Room} room
 */
function cost(board, room) {
  const people = peopleOf(board, room);
  const troubled = flagsOf(room, people).some((flag) => flag.kind === "weak" || flag.kind === "help");
  const absent = people.filter((person) => !isHere(person)).length;
  return (people.length === 1 ? 0 : people.length) * 10 + (troubled ? 5 : 0) + absent * 3;
}

/**
 * The rooms that suit this person best.
 * @param {Board} board
 * @param {string} attendee
 * @param {number} most
 * @returns {Suggestion[]}
 */
export function bestRooms(board, attendee, most = 3) {
  return placed(board)
    .map((room) => ({ room, answer: verdict(board, attendee, room) }))
    .filter(({ room, answer }) => answer.legal && room.people.length > 0)
    .sort((one, other) => cost(board, one.room) - cost(board, other.room) || one.room.number - other.room.number)
    .slice(0, most)
    .map(({ room, answer }) => ({ room, names: namesIn(board, room), verdict: answer }));
}

/** @param {Board} board @param {Room} room @returns {string} `Fatima and Yusuf` */
export const namesIn = (board, room) => listed(peopleOf(board, room).map((person) => firstName(person.name)));

/**
 * @param {Board} board
 * @param {number} number
 * @returns {Room|undefined}
 */
export const roomNumbered = (board, number) => placed(board).find((room) => room.number === number);

/**
 * Those without a room, two by two, whoever is left with two who may meet them.
 * @param {readonly string[]} attendees
 * @param {(one: string, other: string) => boolean} mayMeet
 * @returns {string[][]}
 */
export function pairs(attendees, mayMeet = () => true) {
  /** @type {string[][]} */
  const made = [];
  const left = [];
  const waiting = [...attendees];
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    const first = one;
    const at = waiting.findIndex((other) => mayMeet(first, other));
    if (at < 0) left.push(first);
    else made.push([first, ...waiting.splice(at, 1)]);
  }
  for (const who of left)
    made.findLast((group) => group.length < 3 && group.every((other) => mayMeet(who, other)))?.push(who);
  return made;
}

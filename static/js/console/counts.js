// @ts-check
/** Numbers for the strip, and the sentence that sums everything up on demand. Pure. */

import { placed } from "./board.js";
import { phaseTitle } from "./programme.js";
import { counted, spoken } from "./words.js";

/** @typedef {import("./board.js").Board} Board */

/** @param {Board} board @returns {number} rooms that are open */
export const roomsOpen = (board) => placed(board).filter((room) => !room.closed).length;

/** @param {Board} board @returns {number} people who sit in a room and are here */
export const talking = (board) =>
  [...board.people.values()].filter((person) => person.room !== null && person.presence === "here").length;

/** @param {Board} board @returns {string} the tag beside the heading of the clock */
export function talkingWords(board) {
  if (board.event?.phase === "talking") return `${talking(board)} talking`;
  return board.event?.phase === "draft" || board.event?.phase === "ended" ? "" : `${board.ready} ready`;
}

/** @param {Board} board @returns {string} `45 people`: those whom a verb concerns */
export function concerned(board) {
  const count = board.event?.phase === "talking" ? talking(board) : board.present;
  return counted(count, "person", "people");
}

/**
 * `Round 3 of 10. 23 rooms, 45 talking, 2 need you, 2 minutes 36 left.`
 * @param {Board} board
 * @param {number} waiting how many needs there are
 * @param {number|null} leftMs
 */
export function summary(board, waiting, leftMs) {
  if (!board.event) return "We are still finding the event.";
  const facts = [counted(roomsOpen(board), "room", "rooms"), `${talking(board)} talking`];
  if (board.event.phase !== "talking") facts.splice(0, 2, `${board.present} here`, `${board.ready} ready`);
  facts.push(waiting === 1 ? "1 needs you" : `${waiting} need you`);
  if (leftMs !== null) facts.push(`${spoken(leftMs)} left`);
  const held = board.event.paused ? " The clocks are held." : "";
  return `${phaseTitle(board.event)}. ${facts.join(", ")}.${held}`;
}

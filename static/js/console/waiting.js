// @ts-check
/** Who is here but in no room, and why. Pure. */

import { counted, span } from "./words.js";

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./board.js").BoardPerson} BoardPerson */

/** Somebody counts as just arrived for so long. */
const FRESH_MS = 3 * 60_000;

/** @type {Record<string, string>} */
const WHY = {
  latecomer: "came late",
  alone: "the others of their room have gone",
  odd_number: "odd number this round",
  not_enough_people: "nobody else was ready",
  kept_apart: "kept apart from those who are free",
  host_wish: "sits out by a host’s word",
  own_wish: "sits out by their own wish",
  not_connected: "was not connected at the start",
  moved: "was moved",
  next_round: "joins at the next round",
};

/** @param {BoardPerson} person */
const isPresent = (person) => !person.removed && (person.presence === "here" || person.presence === "reconnecting");

/**
 * While people talk: everyone present without a room. In the lobby nobody lacks one.
 * @param {Board} board
 * @returns {BoardPerson[]} the longest wait first
 */
export function withoutRoom(board) {
  if (board.event?.phase !== "talking") return [];
  return [...board.people.values()]
    .filter((person) => isPresent(person) && person.room === null)
    .sort((one, other) => one.arrivedAt - other.arrivedAt);
}

/**
 * Before and between rounds: who came in the last minutes, newest first.
 * @param {Board} board
 * @param {number} now
 * @param {number} most
 * @returns {BoardPerson[]}
 */
export function justArrived(board, now, most = 5) {
  if (board.event?.phase === "talking" || board.event?.phase === "ended") return [];
  return [...board.people.values()]
    .filter((person) => isPresent(person) && now - person.arrivedAt < FRESH_MS)
    .sort((one, other) => other.arrivedAt - one.arrivedAt)
    .slice(0, most);
}

/** @param {BoardPerson} person @returns {string} why there is no room for them */
export function reasonWords(person) {
  if (person.why) return WHY[person.why.code] ?? "no room this round";
  return person.ready ? "joins at the next round" : "sits out by their own wish";
}

/** @param {BoardPerson} person */
const wished = (person) => person.why?.code === "own_wish" || person.why?.code === "host_wish";

/**
 * Who may be put together now: here, connected, and not resting.
 * @param {Board} board
 * @returns {BoardPerson[]}
 */
export const pairable = (board) =>
  withoutRoom(board).filter((person) => person.presence === "here" && !wished(person) && person.ready);

/**
 * Where somebody is, in a few words, for the people panel.
 * @param {Board} board
 * @param {BoardPerson} person
 * @param {number} now
 * @returns {string}
 */
export function stateWords(board, person, now) {
  if (person.removed) return "Removed";
  const room = person.room ? board.rooms.get(person.room) : undefined;
  const place = room ? `Room ${room.number}` : "";
  if (person.presence === "left") return "Not here now";
  if (person.presence === "reconnecting") {
    const since = person.goneSince === null ? "" : `, ${span(now - person.goneSince)}`;
    return `${place ? `${place}, ` : ""}reconnecting${since}`;
  }
  if (room) return place;
  if (board.event?.phase === "talking") return `No room: ${reasonWords(person)}`;
  return person.ready ? "In the lobby, ready" : "In the lobby, not ready yet";
}

/** @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Everyone whose name or team has these words, accents aside; those who are here first.
 * @param {Board} board
 * @param {string} query
 * @returns {BoardPerson[]}
 */
export function searched(board, query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return [...board.people.values()]
    .filter((person) => words.every((word) => plain(`${person.name} ${person.team}`).includes(word)))
    .sort((one, other) => Number(!isPresent(one)) - Number(!isPresent(other)) || one.name.localeCompare(other.name));
}

/** @param {Board} board @returns {string} `12 here, 3 of them without a room` */
export function gatheringWords(board) {
  const lacking = withoutRoom(board).length;
  const here = `${counted(board.present, "person", "people")} here`;
  return lacking === 0 ? here : `${here}, ${lacking} of them without a room`;
}

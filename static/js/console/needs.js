// @ts-check
/** Who needs a host: reports on top, then calls for help, oldest first, people alone, weak lines. Pure. */

import { peopleOf, placed } from "./board.js";
import { isAlone, isHere, isWeak } from "./flags.js";
import { withoutRoom } from "./waiting.js";
import { firstName, listed, span } from "./words.js";

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./board.js").BoardPerson} BoardPerson */
/** @typedef {import("./board.js").Room} Room */
/** @typedef {import("./board.js").ReportLine} ReportLine */
/**
 * @typedef {object} Need
 * @property {string} key the same as long as it is the same trouble
 * @property {"report"|"help"|"alone"|"weak"} kind
 * @property {string} title
 * @property {string} sub
 * @property {string} text what they wrote
 * @property {BoardPerson|null} person
 * @property {Room|null} room
 * @property {ReportLine|null} report
 */

/** @param {Board} board @param {BoardPerson|null} person @returns {Room|null} */
const roomOf = (board, person) => (person?.room ? (board.rooms.get(person.room) ?? null) : null);

/** @param {BoardPerson} person @param {Room|null} room */
const placeWords = (person, room) => (room ? `${firstName(person.name)}, room ${room.number}` : firstName(person.name));

/** @param {Board} board @param {string} idOrName @returns {BoardPerson|null} */
const known = (board, idOrName) => board.people.get(idOrName) ?? null;

/** @param {Board} board @param {number} now @returns {Need[]} */
function reports(board, now) {
  return board.reports
    .filter((report) => !report.done)
    .map((report) => {
      const about = known(board, report.about);
      const by = known(board, report.by)?.name ?? report.by;
      const place = report.room === null ? "" : `, room ${report.room}`;
      return {
        key: `report:${report.id}`,
        kind: "report",
        title: `Report about ${about?.name ?? report.about}`,
        sub: `${span(now - report.at)} ago, by ${by}${place}`,
        text: [report.kind.replaceAll("_", " "), report.text].filter(Boolean).join(": "),
        person: about,
        room: roomOf(board, about),
        report,
      };
    });
}

/** @param {Board} board @param {number} now @returns {Need[]} */
function calls(board, now) {
  return [...board.people.values()]
    .filter((person) => person.helpAt !== null && !person.removed)
    .sort((one, other) => Number(one.helpAt) - Number(other.helpAt))
    .map((person) => {
      const room = roomOf(board, person);
      return {
        key: `help:${person.id}:${person.helpAt}`,
        kind: "help",
        title: placeWords(person, room),
        sub: `${span(now - Number(person.helpAt))} ago, asked for help`,
        text: person.helpText ?? "",
        person,
        room,
        report: null,
      };
    });
}

/**
 * People whose others have gone: a room with one person closes, so most of them have none.
 * @param {Board} board
 * @returns {Need[]}
 */
function alone(board) {
  /** @type {Need[]} */
  const found = withoutRoom(board)
    .filter((person) => isHere(person) && person.why?.code === "alone")
    .map((person) => ({
      key: `alone:${person.id}`,
      kind: "alone",
      title: firstName(person.name),
      sub: "The others of their room have gone",
      text: "",
      person,
      room: null,
      report: null,
    }));
  for (const room of placed(board)) {
    const people = peopleOf(board, room);
    const person = people.find(isHere);
    if (!person || room.closed || !isAlone(people)) continue;
    const sub = "Nobody else is left in the room";
    const title = placeWords(person, room);
    found.push({
      key: `alone:${room.id}:${person.id}`,
      kind: "alone",
      title,
      sub,
      text: "",
      person,
      room,
      report: null,
    });
  }
  return /** @type {Need[]} */ (found);
}

/** @param {Board} board @returns {Need[]} */
function weak(board) {
  const found = [];
  for (const room of placed(board)) {
    const thin = peopleOf(board, room).filter(isWeak);
    const [person] = thin;
    if (!person || room.closed) continue;
    const title = `${listed(thin.map((one) => firstName(one.name)))}, room ${room.number}`;
    const sub = thin.some((one) => one.health === 0) ? "Nothing gets through" : "Weak connection";
    found.push({ key: `weak:${room.id}:${person.id}`, kind: "weak", title, sub, text: "", person, room, report: null });
  }
  return /** @type {Need[]} */ (found);
}

/**
 * @param {Board} board
 * @param {number} now
 * @param {ReadonlySet<string>} waitedFor keys that a host chose to wait with
 * @returns {Need[]}
 */
export function needs(board, now, waitedFor) {
  const all = [...reports(board, now), ...calls(board, now), ...alone(board), ...weak(board)];
  return all.filter((need) => !waitedFor.has(need.key));
}

/**
 * What is read out at once, and only this: calls for help that were not there before.
 * @param {Board} before
 * @param {Board} after
 * @returns {string[]}
 */
export function newCalls(before, after) {
  const said = [];
  for (const person of after.people.values()) {
    if (person.helpAt === null || before.people.get(person.id)?.helpAt === person.helpAt) continue;
    const room = roomOf(after, person);
    said.push(`${firstName(person.name)}${room ? ` in room ${room.number}` : ""} needs help`);
  }
  return said;
}

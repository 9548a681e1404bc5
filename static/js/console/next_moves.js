// @ts-check
/** What may be done about the next round: who may take whose place, and whether it still is for those who are here. Pure. */

import { fits, nextRoomOf, roomsAhead } from "./next_board.js";
import { searched } from "./waiting.js";
import { firstName, listed } from "./words.js";

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./board.js").BoardPerson} BoardPerson */
/** @typedef {import("./moves.js").Verdict} Verdict */
/** @typedef {{ person: BoardPerson, verdict: Verdict }} Choice */
/** @typedef {{ came: number, gone: number }} Difference */

/** @param {Board} board @param {string} attendee @returns {boolean} whether somebody is to be matched, as the server counts */
export function isInPool(board, attendee) {
  const person = board.people.get(attendee);
  if (!person || person.removed || !person.ready) return false;
  return person.presence !== "left" && !board.next.excluded.includes(attendee);
}

/** @param {Board} board @returns {number} how many are to be matched */
export const poolSize = (board) => [...board.people.keys()].filter((id) => isInPool(board, id)).length;

/** @param {Board} board @param {string} attendee @returns {boolean} */
const sitsOut = (board, attendee) => board.next.sitsOut.some((reason) => reason.members.includes(attendee));

/** @param {Board} board @param {readonly string[]} people @returns {string} `Ada and Ben` */
export const namesOf = (board, people) =>
  listed(people.map((id) => firstName(board.people.get(id)?.name ?? "somebody")));

/** @param {Board} board @param {string} attendee @returns {string[]} with whom somebody is in the next round */
export const matesOf = (board, attendee) =>
  (nextRoomOf(board, attendee)?.people ?? []).filter((other) => other !== attendee);

/**
 * Whether two may take each other's place, as the server will judge it.
 * @param {Board} board
 * @param {string} one
 * @param {string} other
 * @returns {Verdict}
 */
export function swapVerdict(board, one, other) {
  const [mine, theirs] = [matesOf(board, one), matesOf(board, other)];
  const no = (/** @type {string} */ sentence) => ({ legal: false, sentence });
  if (mine.includes(other)) return no("In the same room");
  if (mine.length + theirs.length === 0) return no("Neither of them has a room");
  for (const [who, mates] of /** @type {Array<[string, string[]]>} */ ([
    [one, mine],
    [other, theirs],
  ])) {
    if (!isInPool(board, who)) return no(`${namesOf(board, [who])} is not to be matched`);
    if (mates.length === 0 && !sitsOut(board, who)) return no(`${namesOf(board, [who])} has no place yet`);
  }
  if (!fits(board, one, theirs)) return no(`${namesOf(board, [one])} is kept apart from somebody there`);
  if (!fits(board, other, mine)) return no(`${namesOf(board, [other])} is kept apart from somebody here`);
  const outcome = [
    [one, theirs],
    [other, mine],
  ].map(([who, mates]) => outcomeOf(board, /** @type {string} */ (who), /** @type {string[]} */ (mates)));
  return { legal: true, sentence: outcome.join(", ") };
}

/** @param {Board} board @param {string} who @param {readonly string[]} mates */
const outcomeOf = (board, who, mates) =>
  mates.length > 0 ? `${namesOf(board, [who])} with ${namesOf(board, mates)}` : `${namesOf(board, [who])} sits out`;

/**
 * With whom somebody may change places: by name or team, those with whom it is possible first.
 * @param {Board} board
 * @param {string} attendee
 * @param {string} query
 * @param {number} most
 * @returns {Choice[]}
 */
export function swapChoices(board, attendee, query, most) {
  const placed = new Set(roomsAhead(board).flatMap((room) => room.people));
  return searched(board, query)
    .filter((person) => person.id !== attendee && (placed.has(person.id) || sitsOut(board, person.id)))
    .map((person) => ({
      person,
      verdict: swapVerdict(board, attendee, person.id),
    }))
    .filter(({ verdict }) => verdict.sentence !== "In the same room")
    .sort((one, other) => Number(other.verdict.legal) - Number(one.verdict.legal))
    .slice(0, most);
}

/**
 * How many came and went since the next round was made; the server mends what people have been shown by itself.
 * @param {Board} board
 * @returns {Difference}
 */
export function difference(board) {
  if (!board.next.made || board.next.making || board.next.shown) return { came: 0, gone: 0 };
  const known = new Set(roomsAhead(board).flatMap((room) => room.people));
  for (const reason of board.next.sitsOut) for (const who of reason.members) known.add(who);
  const here = [...board.people.keys()].filter((id) => isInPool(board, id));
  const came = here.filter((id) => !known.has(id)).length;
  return { came, gone: known.size - (here.length - came) };
}

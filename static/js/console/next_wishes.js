// @ts-check
/** What a host wishes for the next round; each is undone from the toast. */

import { command } from "@/protocol.js";
import { nextRoomOf } from "./next_board.js";
import { matesOf } from "./next_moves.js";
import { board } from "./store.js";
import { ask, nameOf, tell } from "./wishes.js";

/** Where refusals of the whole panel are shown. */
export const PLACE = "next";
/** @param {number} number */
export const placeOf = (number) => `next:${number}`;
/** Where those of one person's sheet are. */
export const SHEET = "next:person";

/** Make it, or make it again from who is ready now. */
export const previewRound = () => ask(PLACE, command.previewRound());

/** The same people by another chance. */
export async function redoRound() {
  const before = board.value.next.redo;
  if (await ask(PLACE, command.redoRound({ redo: before + 1 })))
    tell("Made again, by another chance.", () => ask(PLACE, command.redoRound({ redo: before })));
}

/** @param {number} number @param {readonly string[]} people @param {boolean} pinned */
export const pinRoom = (number, people, pinned) =>
  ask(placeOf(number), command.pinRoom({ people: [...people], pinned }));

/** @param {string} one @param {string} other @param {readonly string[]} people with whom `one` shall be */
const swap = (one, other, people) => ask(SHEET, command.swapPlaces({ one, other, people: [...people] }));

/** @param {readonly string[]} people */
const letGo = (people) => ask(SHEET, command.pinRoom({ people: [...people], pinned: false }));

/**
 * Two take each other's place; one of them may be somebody who sits out.
 * @param {string} one
 * @param {string} other
 */
export async function swapPlaces(one, other) {
  // Somebody with a place is asked to give it up: who sits out is the one to take it.
  const [into, out] = matesOf(board.value, other).length > 0 ? [one, other] : [other, one];
  const [before, after] = [matesOf(board.value, into), matesOf(board.value, out)];
  const loose = [into, out].map((who) => nextRoomOf(board.value, who)).filter((room) => room && !room.pinned);
  if (!(await swap(into, out, after))) return false;
  tell(`${nameOf(into)} and ${nameOf(out)} change places. Both rooms are pinned.`, async () => {
    const back = before.length > 0 ? await swap(into, out, before) : await swap(out, into, after);
    if (back) for (const room of loose) if (room) await letGo(room.people);
  });
  return true;
}

/** @param {string} place @param {string} attendee @param {boolean} excluded */
export async function exclude(place, attendee, excluded) {
  if (!(await ask(place, command.excludeAttendee({ attendee, excluded })))) return false;
  const words = excluded ? "sits out the next round" : "is in the next round again";
  tell(`${nameOf(attendee)} ${words}.`, () => ask(place, command.excludeAttendee({ attendee, excluded: !excluded })));
  return true;
}

/** @param {string} place @param {string} one @param {string} other @param {boolean} parted */
export async function keepTwoApart(place, one, other, parted) {
  if (!(await ask(place, command.keepTwoApart({ one, other, parted })))) return false;
  const words = parted ? "are kept apart from now on" : "may meet again";
  tell(`${nameOf(one)} and ${nameOf(other)} ${words}.`, () =>
    ask(place, command.keepTwoApart({ one, other, parted: !parted })),
  );
  return true;
}

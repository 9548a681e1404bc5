// @ts-check
/** The part of the board that is about the next round: its rooms, who is kept apart, and how notices change it. Pure. */

/** @typedef {import("../protocol.js").Board} WholeBoard */
/** @typedef {import("../protocol.js").BoardChanged} BoardChanged */
/** @typedef {import("../protocol.js").NextRound} NextRound */
/** @typedef {import("../protocol.js").NextRoom} NextRoom */
/**
 * @typedef {object} Ahead
 * @property {NextRound} next
 * @property {ReadonlyMap<number, NextRoom>} nextRooms by number
 * @property {ReadonlySet<string>} apart pairs that must not share a room, as `keyOf` writes them
 * @property {ReadonlyArray<readonly [string, string]>} nevers those of them whom a host keeps apart
 */

/** @type {NextRound} */
const NOTHING = {
  round: 0,
  rooms: 0,
  making: false,
  made: false,
  shown: false,
  sitsOut: [],
  givenUp: [],
  mixing: { pairs: 0, across: 0 },
  excluded: [],
  redo: 0,
};

/** @type {Ahead} */
export const NO_ROUND_AHEAD = {
  next: NOTHING,
  nextRooms: new Map(),
  apart: new Set(),
  nevers: [],
};

/** @param {string} one @param {string} other @returns {string} the same for either order */
const keyOf = (one, other) => (one < other ? `${one} ${other}` : `${other} ${one}`);

/** @param {ReadonlyArray<readonly [string, string]>} pairs */
const keysOf = (pairs) => new Set(pairs.map(([one, other]) => keyOf(one, other)));

/** @param {readonly NextRoom[]} rooms @returns {Map<number, NextRoom>} */
const byNumber = (rooms) => new Map(rooms.map((room) => [room.number, room]));

/** @param {Partial<WholeBoard>} board @returns {Ahead} */
export const aheadOf = (board) => ({
  next: board.next ?? NOTHING,
  nextRooms: byNumber(board.nextRooms ?? []),
  apart: keysOf(board.apart ?? []),
  nevers: board.nevers ?? [],
});

/**
 * Rows replace rows with the same number; numbers beyond the last room are no more.
 * @param {Ahead} ahead
 * @param {Partial<BoardChanged>} notice
 * @returns {ReadonlyMap<number, NextRoom>}
 */
function roomsAfter(ahead, notice) {
  const news = notice.nextRooms ?? [];
  const count = notice.next?.rooms ?? ahead.next.rooms;
  if (news.length === 0 && count >= ahead.nextRooms.size) return ahead.nextRooms;
  const rows = new Map([...ahead.nextRooms, ...byNumber(news)]);
  return new Map([...rows].filter(([number]) => number <= count).sort(([one], [other]) => one - other));
}

/**
 * @param {Ahead} ahead
 * @param {Partial<BoardChanged>} notice
 * @returns {Ahead}
 */
export const aheadAfter = (ahead, notice) => ({
  next: notice.next ?? ahead.next,
  nextRooms: roomsAfter(ahead, notice),
  apart: notice.apart ? keysOf(notice.apart) : ahead.apart,
  nevers: notice.nevers ?? ahead.nevers,
});

/**
 * Whether two people must not share a room; whose wish that is nobody is told.
 * @param {Ahead} ahead
 * @param {string} one
 * @param {string} other
 */
export const keptApart = (ahead, one, other) => ahead.apart.has(keyOf(one, other));

/** @param {Ahead} ahead @param {string} one @param {readonly string[]} others */
export const fits = (ahead, one, others) => !others.some((other) => keptApart(ahead, one, other));

/** @param {Ahead} ahead @returns {NextRoom[]} in the order of their numbers */
export const roomsAhead = (ahead) => [...ahead.nextRooms.values()];

/** @param {Ahead} ahead @param {string} attendee @returns {NextRoom|undefined} */
export const nextRoomOf = (ahead, attendee) => roomsAhead(ahead).find((room) => room.people.includes(attendee));

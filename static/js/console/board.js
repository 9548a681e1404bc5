// @ts-check
/** The board: what the console knows, and how each notice changes it. Pure; nothing here touches the page. */

import { aheadAfter, aheadOf, NO_ROUND_AHEAD } from "./next_board.js";

/** @typedef {import("../protocol.js").BoardPerson} BoardPerson */
/** @typedef {import("../protocol.js").BoardChanged} BoardChanged */
/** @typedef {import("../protocol.js").EventView} EventView */
/** @typedef {import("../protocol.js").FeedLine} FeedLine */
/** @typedef {import("../protocol.js").ReportLine} ReportLine */
/** @typedef {import("../protocol.js").Snapshot} Snapshot */
/** @typedef {import("../protocol.js").BoardRoom & { closed?: boolean }} Room a closed one keeps its place */
/** @typedef {Facts & import("./next_board.js").Ahead} Board */
/**
 * @typedef {object} Facts
 * @property {number} seq
 * @property {EventView|null} event
 * @property {number} present
 * @property {number} ready
 * @property {ReadonlyMap<string, BoardPerson>} people
 * @property {ReadonlyMap<string, Room>} rooms
 * @property {readonly FeedLine[]} feed oldest first
 * @property {readonly ReportLine[]} reports oldest first
 * @property {number} connectionsMade
 * @property {readonly string[]} organisers
 */

/** As many lines as the server keeps. */
const FEED_LINES = 80;

/** @type {Board} */
export const EMPTY = {
  seq: 0,
  event: null,
  present: 0,
  ready: 0,
  people: new Map(),
  rooms: new Map(),
  feed: [],
  reports: [],
  connectionsMade: 0,
  organisers: [],
  ...NO_ROUND_AHEAD,
};

/**
 * @template {{ id: string }} T
 * @param {readonly T[]} rows
 * @returns {Map<string, T>}
 */
const byId = (rows) => new Map(rows.map((row) => [row.id, row]));

/**
 * Rows replace rows with the same id; the order of the ids is kept.
 * @template {{ id: number }} T
 * @param {readonly T[]} kept
 * @param {readonly T[]} news
 * @returns {readonly T[]}
 */
function merged(kept, news) {
  if (news.length === 0) return kept;
  const rows = new Map([...kept, ...news].map((row) => [row.id, row]));
  return [...rows.values()].sort((one, other) => one.id - other.id);
}

/**
 * @template {{ id: string }} T
 * @param {ReadonlyMap<string, T>} kept
 * @param {readonly T[]} news
 * @returns {ReadonlyMap<string, T>}
 */
function replaced(kept, news) {
  if (news.length === 0) return kept;
  const rows = new Map(kept);
  for (const row of news) rows.set(row.id, row);
  return rows;
}

/**
 * @param {Snapshot} snapshot
 * @returns {Board}
 */
function fromSnapshot(snapshot) {
  const { seq, event, present, ready, board } = snapshot;
  if (!board) return { ...EMPTY, seq, event, present, ready };
  return {
    seq,
    event,
    present,
    ready,
    people: byId(board.people),
    rooms: byId(board.rooms),
    feed: merged([], board.feed),
    reports: merged([], board.reports),
    connectionsMade: board.connectionsMade,
    organisers: board.organisers,
    ...aheadOf(board),
  };
}

/**
 * A room that closes keeps its place until the round is over, so that no card moves under the pointer.
 * @param {ReadonlyMap<string, Room>} rooms
 * @param {readonly string[]} closed
 * @returns {ReadonlyMap<string, Room>}
 */
function closeRooms(rooms, closed) {
  if (closed.length === 0) return rooms;
  const left = new Map(rooms);
  for (const id of closed) {
    const room = left.get(id);
    if (room) left.set(id, { ...room, people: [], closed: true });
  }
  return left;
}

/**
 * @param {Board} board
 * @param {BoardChanged} notice
 * @returns {Board}
 */
function changed(board, notice) {
  return {
    ...board,
    seq: Math.max(board.seq, notice.seq),
    people: replaced(board.people, notice.people ?? []),
    rooms: closeRooms(replaced(board.rooms, notice.rooms ?? []), notice.roomsClosed ?? []),
    feed: merged(board.feed, notice.feed ?? []).slice(-FEED_LINES),
    reports: merged(board.reports, notice.reports ?? []),
    connectionsMade: notice.connectionsMade ?? board.connectionsMade,
    organisers: notice.organisers ?? board.organisers,
    ...aheadAfter(board, notice),
  };
}

/**
 * Between rounds there are no places to keep.
 * @param {Board} board
 * @returns {Board}
 */
function withoutClosed(board) {
  if (board.event?.phase === "talking") return board;
  const open = [...board.rooms].filter(([, room]) => !room.closed);
  return open.length === board.rooms.size ? board : { ...board, rooms: new Map(open) };
}

/** @type {Record<string, (board: Board, notice: any) => Board>} */
const ARMS = {
  welcome: (_, notice) => fromSnapshot(notice.snapshot),
  "event.changed": (board, notice) => ({ ...board, event: notice.event, seq: Math.max(board.seq, notice.seq) }),
  "roster.changed": (board, notice) => ({
    ...board,
    present: notice.present,
    ready: notice.ready,
    seq: Math.max(board.seq, notice.seq),
  }),
  "board.changed": changed,
  pulse: (board, notice) => (notice.seq > board.seq ? { ...board, seq: notice.seq } : board),
};

/**
 * The board after one notice; the very same object when the notice says nothing about it.
 * @param {Board} board
 * @param {{ type: string }} notice
 * @returns {Board}
 */
export function reduce(board, notice) {
  const arm = ARMS[notice.type];
  return arm ? withoutClosed(arm(board, notice)) : board;
}

/**
 * The rooms in their places: by number, whatever happens in them.
 * @param {Board} board
 * @returns {Room[]}
 */
export const placed = (board) => [...board.rooms.values()].sort((one, other) => one.number - other.number);

/**
 * @param {Board} board
 * @param {Room} room
 * @returns {BoardPerson[]}
 */
export const peopleOf = (board, room) =>
  room.people.map((id) => board.people.get(id)).filter((person) => person !== undefined);

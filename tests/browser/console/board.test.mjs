import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, peopleOf, placed, reduce } from "../../../static/js/console/board.js";
import { boardChanged, event, person, room, welcome } from "./builders.mjs";

const start = () => reduce(EMPTY, welcome());

test("a snapshot is the whole board, rooms in the order of their numbers", () => {
  const board = start();

  assert.equal(board.seq, 5);
  assert.equal(board.present, 5);
  assert.equal(board.connectionsMade, 2);
  assert.deepEqual(
    placed(board).map((one) => one.number),
    [1, 2],
  );
});

test("a snapshot without a board leaves the board empty and does not fail", () => {
  const notice = welcome();
  notice.snapshot.board = null;

  assert.equal(reduce(start(), notice).people.size, 0);
});

test("rows replace rows with the same id, and others stay the very same objects", () => {
  const before = start();
  const after = reduce(before, boardChanged({ people: [person("a", "Ada Eze", { room: "1-2" })] }));

  assert.equal(after.people.get("a").room, "1-2");
  assert.equal(after.people.get("b"), before.people.get("b"));
  assert.equal(after.rooms, before.rooms);
});

test("a notice applied twice does no harm", () => {
  const line = { id: 1, at: 1, kind: "arrived", names: ["Ada"], room: null, text: "" };
  const notice = boardChanged({ feed: [line], connectionsMade: 3, rooms: [room(3, ["e"])] });
  const once = reduce(start(), notice);

  assert.deepEqual(reduce(once, notice), once);
});

test("what a notice leaves open stays as it was", () => {
  const board = reduce(start(), boardChanged({}));

  assert.equal(board.connectionsMade, 2);
  assert.deepEqual(board.organisers, ["Nadia"]);
});

test("the feed keeps its last eighty lines in order", () => {
  const lines = Array.from({ length: 100 }, (_, id) => ({
    id,
    at: id,
    kind: "arrived",
    names: [],
    room: null,
    text: "",
  }));
  const board = reduce(start(), boardChanged({ feed: lines.reverse() }));

  assert.equal(board.feed.length, 80);
  assert.equal(board.feed.at(0).id, 20);
  assert.equal(board.feed.at(-1).id, 99);
});

test("a room that closes while people talk keeps its place", () => {
  const board = reduce(start(), boardChanged({ roomsClosed: ["1-1"] }));
  const [first, second] = placed(board);

  assert.equal(first.closed, true);
  assert.deepEqual(peopleOf(board, first), []);
  assert.equal(second.number, 2);
});

test("closed rooms are gone when the round is over, whichever notice comes first", () => {
  const over = { type: "event.changed", event: event({ phase: "changeover" }), now: 1, seq: 7 };
  const closing = boardChanged({ roomsClosed: ["1-1", "1-2"] });

  assert.equal(reduce(reduce(start(), over), closing).rooms.size, 0);
  assert.equal(reduce(reduce(start(), closing), over).rooms.size, 0);
});

test("an extended room stays open after the round", () => {
  const over = { type: "event.changed", event: event({ phase: "changeover" }), now: 1, seq: 7 };
  const board = reduce(reduce(start(), boardChanged({ roomsClosed: ["1-1"] })), over);

  assert.deepEqual(
    placed(board).map((one) => one.id),
    ["1-2"],
  );
});

test("counts come from the roster", () => {
  const board = reduce(start(), { type: "roster.changed", rows: [], gone: [], present: 7, ready: 6, seq: 8 });

  assert.deepEqual([board.present, board.ready, board.seq], [7, 6, 8]);
});

test("a number never falls back, and a pulse raises it", () => {
  assert.equal(reduce(start(), boardChanged({ seq: 2 })).seq, 5);
  assert.equal(reduce(start(), { type: "pulse", now: 1, seq: 9 }).seq, 9);
});

for (const type of ["chat.heard", "me.changed", "reaction.seen", "something.new"]) {
  test(`"${type}" is no business of the board`, () => {
    const board = start();

    assert.equal(reduce(board, { type, seq: 9 }), board);
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, reduce } from "../../../static/js/console/board.js";
import { bestRooms, namesIn, ownRoomVerdict, pairs, roomNumbered, verdict } from "../../../static/js/console/moves.js";
import { boardChanged, event, person, room, welcome } from "./builders.mjs";

const start = () => reduce(EMPTY, welcome());
const withRooms = (...rooms) => reduce(start(), boardChanged({ rooms }));

test("a room of two takes a third", () => {
  const board = start();

  assert.deepEqual(verdict(board, "e", board.rooms.get("1-1")), { legal: true, sentence: "Drop to make three" });
});

for (const [what, board, attendee, id, sentence] of [
  ["the own room", start(), "a", "1-1", "Sits here already"],
  ["a full room", withRooms(room(3, ["v", "w", "x", "y"])), "a", "1-3", "No free seat"],
  ["a closed room", reduce(start(), boardChanged({ roomsClosed: ["1-2"] })), "a", "1-2", "This room is closed"],
]) {
  test(`${what} is refused with the reason`, () => {
    assert.deepEqual(verdict(board, attendee, board.rooms.get(id)), { legal: false, sentence });
  });
}

test("nobody moves while nobody talks", () => {
  const notice = { type: "event.changed", event: event({ phase: "changeover" }), now: 1, seq: 9 };
  const board = reduce(start(), notice);

  assert.equal(verdict(board, "e", board.rooms.get("1-1")).legal, false);
  assert.equal(ownRoomVerdict(board, "e").legal, false);
});

test("the best room has somebody who is alone, then comes the smaller and the healthier one", () => {
  const board = reduce(
    withRooms(room(3, ["f"]), room(4, ["g", "h", "i"])),
    boardChanged({
      people: [
        person("f", "Fay"),
        person("g", "Gus"),
        person("h", "Hal"),
        person("i", "Ida"),
        person("a", "Ada", { room: "1-1", health: 0 }),
      ],
    }),
  );

  assert.deepEqual(
    bestRooms(board, "e").map((one) => one.room.number),
    [3, 2, 1],
  );
});

test("suggestions never hold the room somebody sits in", () => {
  assert.deepEqual(
    bestRooms(start(), "a").map((one) => one.room.number),
    [2],
  );
});

test("who sits alone has a room of their own already", () => {
  const board = reduce(withRooms(room(3, ["e"])), boardChanged({ people: [person("e", "Eve", { room: "1-3" })] }));

  assert.equal(ownRoomVerdict(board, "e").legal, false);
  assert.equal(ownRoomVerdict(board, "a").legal, true);
});

test("rooms are found by number and named by first names", () => {
  const board = start();

  assert.equal(roomNumbered(board, 2).id, "1-2");
  assert.equal(roomNumbered(board, 9), undefined);
  assert.equal(namesIn(board, board.rooms.get("1-1")), "Ada and Ben");
});

for (const [count, expected] of [
  [0, []],
  [1, []],
  [2, [2]],
  [3, [3]],
  [4, [2, 2]],
  [5, [2, 3]],
]) {
  test(`${count} people without a room make ${expected.length} rooms`, () => {
    const ids = Array.from({ length: count }, (_, index) => String(index));
    const made = pairs(ids);

    assert.deepEqual(
      made.map((one) => one.length),
      expected,
    );
    assert.equal(new Set(made.flat()).size, count === 1 ? 0 : count);
  });
}

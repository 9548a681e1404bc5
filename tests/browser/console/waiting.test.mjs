import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, reduce } from "../../../static/js/console/board.js";
import {
  justArrived,
  pairable,
  reasonWords,
  searched,
  stateWords,
  withoutRoom,
} from "../../../static/js/console/waiting.js";
import { boardChanged, event, NOW, person, welcome } from "./builders.mjs";

const start = (...people) => reduce(reduce(EMPTY, welcome()), boardChanged({ people }));
const inLobby = (board) => reduce(board, { type: "event.changed", event: event({ phase: "lobby" }), now: 1, seq: 9 });
const ids = (people) => people.map((one) => one.id);

test("while people talk, those without a room are named, the longest wait first", () => {
  const board = start(person("f", "Fay", { arrivedAt: -5 }), person("g", "Gus", { presence: "left" }));

  assert.deepEqual(ids(withoutRoom(board)), ["f", "e"]);
  assert.deepEqual(withoutRoom(inLobby(board)), []);
});

test("in the lobby the latest arrivals are named, the newest first", () => {
  const board = inLobby(start(person("f", "Fay", { arrivedAt: NOW - 1000 }), person("g", "Gus", { arrivedAt: NOW })));

  assert.deepEqual(ids(justArrived(board, NOW)), ["g", "f"]);
});

test("who rests or is away is not put into a room", () => {
  const rest = person("f", "Fay", { ready: false, why: { code: "own_wish", members: [], what: [] } });
  const away = person("g", "Gus", { presence: "reconnecting" });

  assert.deepEqual(ids(pairable(start(rest, away))), ["e"]);
});

for (const [fields, expected] of [
  [{ why: { code: "odd_number", members: [], what: [] } }, "odd number this round"],
  [{ why: { code: "latecomer", members: [], what: [] } }, "came late"],
  [{ ready: true }, "joins at the next round"],
  [{ ready: false }, "sits out by their own wish"],
]) {
  test(`no room: ${expected}`, () => assert.equal(reasonWords(person("x", "X", fields)), expected));
}

for (const [fields, expected] of [
  [{ room: "1-1" }, "Room 1"],
  [{ room: "1-1", presence: "reconnecting", goneSince: NOW - 12_000 }, "Room 1, reconnecting, 12 s"],
  [{ presence: "left" }, "Not here now"],
  [{ removed: true }, "Removed"],
  [{ ready: true }, "No room: joins at the next round"],
]) {
  test(`state in the people panel: ${expected}`, () => {
    const one = person("x", "X", fields);

    assert.equal(stateWords(start(one), one, NOW), expected);
  });
}

test("search finds names and teams, accents and capitals aside", () => {
  const board = start(person("s", "Siobhán Daly", { team: "Customer care" }));

  assert.deepEqual(ids(searched(board, "siobhan")), ["s"]);
  assert.deepEqual(ids(searched(board, "CARE dal")), ["s"]);
  assert.deepEqual(ids(searched(board, "nobody")), []);
  assert.equal(searched(board, "").length, 6);
});

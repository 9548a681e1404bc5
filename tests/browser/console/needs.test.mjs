import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, reduce } from "../../../static/js/console/board.js";
import { needs, newCalls } from "../../../static/js/console/needs.js";
import { boardChanged, NOW, person, room, welcome } from "./builders.mjs";

const NOBODY = new Set();
const start = () => reduce(EMPTY, welcome());
const report = {
  id: 1,
  at: NOW - 5000,
  by: "Ada Eze",
  about: "c",
  room: 2,
  kind: "rude",
  text: "Shouted",
  done: false,
};
const help = (id, name, at, fields = {}) => person(id, name, { room: "1-1", helpAt: at, helpText: "Hm", ...fields });

test("in a calm event nobody needs a host", () => assert.deepEqual(needs(start(), NOW, NOBODY), []));

test("reports stand on top, then calls with the oldest first, then people alone, then weak lines", () => {
  const board = reduce(
    start(),
    boardChanged({
      people: [
        help("a", "Ada Eze", NOW - 10_000),
        help("b", "Ben Stone", NOW - 20_000),
        person("c", "Cy Young", { room: "1-2", health: 1 }),
        person("e", "Eve Adams", { room: "1-3" }),
      ],
      rooms: [room(3, ["e"])],
      reports: [report],
    }),
  );
  const found = needs(board, NOW, NOBODY);

  assert.deepEqual(
    found.map((need) => need.kind),
    ["report", "help", "help", "alone", "weak"],
  );
  assert.equal(found[0].title, "Report about Cy Young");
  assert.equal(found[0].sub, "5 s ago, by Ada Eze, room 2");
  assert.equal(found[1].title, "Ben, room 1");
  assert.equal(found[1].sub, "20 s ago, asked for help");
  assert.equal(found[3].title, "Eve, room 3");
  assert.equal(found[4].title, "Cy, room 2");
});

test("somebody whose room has closed under them needs a new one", () => {
  const why = { code: "alone", members: [], what: [] };
  const board = reduce(start(), boardChanged({ people: [person("e", "Eve Adams", { why })] }));

  assert.deepEqual(
    needs(board, NOW, NOBODY).map((need) => [need.kind, need.title]),
    [["alone", "Eve"]],
  );
});

test("a report that was looked into is gone", () => {
  assert.deepEqual(needs(reduce(start(), boardChanged({ reports: [{ ...report, done: true }] })), NOW, NOBODY), []);
});

test("what can wait stays away until it is another trouble", () => {
  const board = reduce(start(), boardChanged({ people: [help("a", "Ada Eze", 1)] }));
  const [need] = needs(board, NOW, NOBODY);
  const again = reduce(board, boardChanged({ people: [help("a", "Ada Eze", 2)] }));

  assert.deepEqual(needs(board, NOW, new Set([need.key])), []);
  assert.equal(needs(again, NOW, new Set([need.key])).length, 1);
});

test("a new call is read out once, with the room", () => {
  const before = start();
  const after = reduce(before, boardChanged({ people: [help("a", "Ada Eze", NOW)] }));

  assert.deepEqual(newCalls(before, after), ["Ada in room 1 needs help"]);
  assert.deepEqual(newCalls(after, after), []);
});

test("a call without a room is read out without one", () => {
  const after = reduce(start(), boardChanged({ people: [help("e", "Eve Adams", NOW, { room: null })] }));

  assert.deepEqual(newCalls(start(), after), ["Eve needs help"]);
});

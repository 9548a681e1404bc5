import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, reduce } from "../../../static/js/console/board.js";
import { pairs, verdict } from "../../../static/js/console/moves.js";
import { keptApart, nextRoomOf, roomsAhead } from "../../../static/js/console/next_board.js";
import { difference, isInPool, poolSize, swapChoices, swapVerdict } from "../../../static/js/console/next_moves.js";
import {
  factsOf,
  givenUpIn,
  givenUpWords,
  mixingWords,
  outWords,
  repeatWords,
  roomsShown,
  ruleWords,
  staleWords,
  whyWords,
} from "../../../static/js/console/next_words.js";
import { boardChanged, person, welcome } from "./builders.mjs";

const reason = (code, members, what = []) => ({ code, members, what });

const nextRoom = (number, people, fields = {}) => ({
  number,
  people,
  reasons: [],
  repeats: [],
  pinned: false,
  ...fields,
});

const next = (fields = {}) => ({
  round: 2,
  rooms: 2,
  making: false,
  made: true,
  shown: false,
  sitsOut: [reason("odd_number", ["e"])],
  givenUp: [],
  mixing: { pairs: 0, across: 0 },
  excluded: [],
  redo: 0,
  ...fields,
});

/** Ada with Cy, Ben with Dee, Eve sits out. */
const ahead = (fields = {}) =>
  reduce(
    EMPTY,
    welcome({
      next: next(),
      nextRooms: [nextRoom(1, ["a", "c"]), nextRoom(2, ["b", "d"])],
      apart: [],
      nevers: [],
      ...fields,
    }),
  );

// What notices do.

test("a snapshot holds the next round, and a server that tells of none leaves none", () => {
  assert.deepEqual(
    roomsAhead(ahead()).map((room) => room.people),
    [
      ["a", "c"],
      ["b", "d"],
    ],
  );
  assert.equal(reduce(EMPTY, welcome()).next.round, 0);
});

test("rooms of the next round are replaced by number, others stay the very same objects", () => {
  const before = ahead();
  const after = reduce(before, boardChanged({ nextRooms: [nextRoom(2, ["b", "d"], { pinned: true })] }));

  assert.equal(after.nextRooms.get(2).pinned, true);
  assert.equal(after.nextRooms.get(1), before.nextRooms.get(1));
  assert.equal(after.next, before.next);
});

test("fewer rooms leave none behind, and a notice about something else changes nothing", () => {
  const before = ahead();
  const fewer = reduce(before, boardChanged({ next: next({ rooms: 1 }) }));

  assert.deepEqual([...fewer.nextRooms.keys()], [1]);
  assert.equal(reduce(before, boardChanged({})).nextRooms, before.nextRooms);
});

test("rooms come in the order of their numbers whatever the order of notices", () => {
  const more = boardChanged({ next: next({ rooms: 4 }), nextRooms: [nextRoom(4, ["x", "y"])] });
  const third = boardChanged({ nextRooms: [nextRoom(3, ["v", "w"])] });

  assert.deepEqual(
    roomsAhead(reduce(reduce(ahead(), more), third)).map((room) => room.number),
    [1, 2, 3, 4],
  );
});

test("who is kept apart is known in either order, and replaced whole", () => {
  const board = ahead({ apart: [["a", "b"]] });

  assert.equal(keptApart(board, "b", "a"), true);
  assert.equal(keptApart(board, "a", "c"), false);
  assert.equal(keptApart(reduce(board, boardChanged({ apart: [] })), "a", "b"), false);
});

// What may be done.

test("a drop beside somebody who is kept apart is shown as the server will judge it", () => {
  const board = ahead({ apart: [["a", "e"]] });

  assert.deepEqual(verdict(board, "e", board.rooms.get("1-1")), {
    legal: false,
    sentence: "Kept apart from somebody here",
  });
  assert.equal(verdict(board, "e", board.rooms.get("1-2")).legal, true);
});

test("people are paired up around those who are kept apart", () => {
  const mayMeet = (one, other) => [one, other].sort().join("") !== "ab";

  assert.deepEqual(pairs(["a", "b", "c", "d"], mayMeet), [
    ["a", "c"],
    ["b", "d"],
  ]);
  assert.deepEqual(pairs(["a", "b"], mayMeet), []);
  assert.deepEqual(pairs(["c", "d", "b"], mayMeet), [["c", "d", "b"]]);
  assert.deepEqual(pairs(["a", "c", "b"], mayMeet), [["a", "c"]]);
});

test("two of two rooms may change places, and it is said what that makes", () => {
  assert.deepEqual(swapVerdict(ahead(), "a", "b"), { legal: true, sentence: "Ada with Dee, Ben with Cy" });
});

test("who sits out may take a place", () => {
  assert.deepEqual(swapVerdict(ahead(), "e", "b"), { legal: true, sentence: "Eve with Dee, Ben sits out" });
  assert.deepEqual(swapVerdict(ahead(), "b", "e"), { legal: true, sentence: "Ben sits out, Eve with Dee" });
});

for (const [what, board, one, other, sentence] of [
  ["of one room", ahead(), "a", "c", "In the same room"],
  ["kept apart there", ahead({ apart: [["a", "d"]] }), "a", "b", "Ada is kept apart from somebody there"],
  ["kept apart here", ahead({ apart: [["b", "c"]] }), "a", "b", "Ben is kept apart from somebody here"],
  [
    "not ready",
    ahead({ people: [person("a", "Ada"), person("b", "Ben", { ready: false })] }),
    "a",
    "b",
    "Ben is not to be matched",
  ],
  ["excluded", ahead({ next: next({ excluded: ["a"] }) }), "a", "b", "Ada is not to be matched"],
]) {
  test(`two do not change places: ${what}`, () => {
    assert.deepEqual(swapVerdict(board, one, other), { legal: false, sentence });
  });
}

test("choices leave out the own room and put what is possible first", () => {
  const board = ahead({ apart: [["a", "d"]] });
  const choices = swapChoices(board, "a", "", 8);

  assert.deepEqual(
    choices.map(({ person: one, verdict: answer }) => [one.id, answer.legal]),
    [
      ["d", true],
      ["e", true],
      ["b", false],
    ],
  );
  assert.deepEqual(
    swapChoices(board, "a", "dee", 8).map((choice) => choice.person.id),
    ["d"],
  );
});

test("the pool is who is ready, here and not set aside", () => {
  const board = ahead({
    people: [
      person("a", "Ada"),
      person("b", "Ben", { ready: false }),
      person("c", "Cy", { presence: "left" }),
      person("d", "Dee", { presence: "reconnecting" }),
      person("e", "Eve", { removed: true }),
    ],
    next: next({ excluded: ["a"] }),
  });

  assert.equal(poolSize(board), 1);
  assert.equal(isInPool(board, "d"), true);
  assert.equal(isInPool(board, "nobody"), false);
});

test("a draft says who came and who went since; what people see is mended by the server", () => {
  const people = [person("a", "Ada"), person("b", "Ben"), person("d", "Dee"), person("f", "Fay"), person("g", "Gus")];
  const board = ahead({ people });

  assert.deepEqual(difference(ahead()), { came: 0, gone: 0 });
  assert.deepEqual(difference(board), { came: 2, gone: 2 });
  assert.deepEqual(difference(ahead({ people, next: next({ shown: true }) })), { came: 0, gone: 0 });
  assert.equal(staleWords(2, 1), "Since this was made 2 came and 1 left. It is made again before the round.");
  assert.equal(staleWords(0, 0), "");
});

// Words.

test("the facts of a round are few and whole", () => {
  const repeats = [{ members: ["a", "c"], rounds: [1] }];
  const board = ahead({
    next: next({ mixing: { pairs: 3, across: 2 }, excluded: ["a"] }),
    nextRooms: [nextRoom(1, ["a", "c"], { repeats }), nextRoom(2, ["b", "d"])],
  });

  assert.deepEqual(factsOf(board), ["2 rooms", "2 sit out", "1 pair met before", "67 % across teams"]);
  assert.deepEqual(factsOf(ahead({ next: next({ sitsOut: [] }) })), ["2 rooms", "nobody sits out", "no repeats"]);
  assert.equal(mixingWords(next()), "");
});

test("who met before is told with the rounds, with names in a larger room", () => {
  const repeats = [{ members: ["a", "c"], rounds: [1, 3] }];
  const board = ahead();

  assert.deepEqual(repeatWords(board, nextRoom(1, ["a", "c"], { repeats })), ["Met in rounds 1 and 3"]);
  assert.deepEqual(repeatWords(board, nextRoom(1, ["a", "b", "c"], { repeats })), ["Ada and Cy met in rounds 1 and 3"]);
});

test("why people meet, each thing once", () => {
  const room = nextRoom(1, ["a", "c"], {
    reasons: [
      reason("shared_interest", ["a", "c"], ["choir", "tea"]),
      reason("other_team", ["a", "c"], ["Red", "Blue"]),
      reason("first_time", ["a", "c"]),
    ],
  });

  assert.deepEqual(whyWords(room), ["both: choir and tea", "other team", "first time"]);
  assert.deepEqual(whyWords(nextRoom(1, ["a", "c"], { repeats: [{}], reasons: [reason("first_time", [])] })), []);
});

test("what was given up is said for whom and because of what", () => {
  const line = { rule: "must_differ:team", members: ["a", "c"], because: "only one team is present" };
  const board = ahead();

  assert.equal(
    givenUpWords(board, line),
    "A different team each: not for Ada and Cy, because only one team is present.",
  );
  const repeat = { rule: "repeat", members: ["a", "c"], because: "all have met" };
  const given = next({ givenUp: [line, repeat] });
  assert.deepEqual(givenUpIn(given, nextRoom(1, ["a", "c"])), [line], "repeats have a tag of their own");
  assert.deepEqual(givenUpIn(given, nextRoom(2, ["b", "d"])), []);
});

test("every rule has words, and one that is new to this page keeps its name", () => {
  const kinds = ["repeat", "series_repeat", "room_size", "must_link", "must_share:languages", "quota:role"];

  for (const kind of kinds) assert.doesNotMatch(ruleWords(kind), /[_:]/);
  assert.equal(ruleWords("brand_new"), "brand_new");
  assert.equal(outWords(reason("odd_number", ["a"])), "odd number");
  assert.equal(outWords(reason("something_new", ["a"])), "no room is left");
});

test("filters show rooms by what is special about them", () => {
  const rooms = [
    nextRoom(1, ["a", "c"], { pinned: true }),
    nextRoom(2, ["b", "d"], { repeats: [{ members: ["b", "d"], rounds: [1] }] }),
  ];
  const line = { rule: "must_differ:team", members: ["b", "d"], because: "x" };
  const board = ahead({ nextRooms: rooms, next: next({ givenUp: [line] }) });
  const shown = (filter) => roomsShown(filter, board).map((room) => room.number);

  assert.deepEqual([shown("all"), shown("pinned"), shown("again"), shown("given")], [[1, 2], [1], [2], [2]]);
  assert.equal(nextRoomOf(board, "d").number, 2);
});

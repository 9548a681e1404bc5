import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING, reduce, seqAfter } from "../../static/js/state/reduce.js";

const EVENT = { phase: "lobby", segment: 0, agenda: [], round: 0, rounds: 0 };
const row = (id, more = {}) => ({ id, name: id, ready: false, presence: "here", ...more });
const room = (id, more = {}) => ({ id, number: 1, round: 1, people: [], chat: [], ...more });
const snapshot = (more = {}) => ({
  seq: 10,
  now: 0,
  event: EVENT,
  roster: [row("b"), row("a")],
  present: 2,
  ready: 1,
  chat: [],
  me: null,
  room: null,
  next: null,
  ...more,
});

const welcomed = (more) => reduce(NOTHING, { type: "welcome", snapshot: snapshot(more) });

test("a welcome is the whole picture, oldest people first", () => {
  const known = welcomed();

  assert.equal(known.seq, 10);
  assert.deepEqual([...known.roster.rows.keys()], ["a", "b"]);
  assert.equal(known.roster.present, 2);
});

test("hearing a notice twice does no harm", () => {
  const notice = { type: "roster.changed", rows: [row("c")], gone: ["a"], present: 2, ready: 1, seq: 11 };
  const once = reduce(welcomed(), notice);

  assert.deepEqual(reduce(once, notice), once);
  assert.deepEqual([...once.roster.rows.keys()], ["b", "c"]);
});

test("a changed row keeps its place", () => {
  const changed = {
    type: "roster.changed",
    rows: [row("a", { ready: true })],
    gone: [],
    present: 2,
    ready: 2,
    seq: 11,
  };
  const known = reduce(welcomed(), changed);

  assert.deepEqual([...known.roster.rows.keys()], ["a", "b"]);
  assert.equal(known.roster.rows.get("a").ready, true);
});

test("the room we left is remembered with the reason", () => {
  const inRoom = reduce(welcomed(), { type: "room.changed", room: room("1-1"), now: 0, seq: 11 });
  const known = reduce(inRoom, { type: "room.left", room: "1-1", why: "round_ended", seq: 12 });

  assert.equal(known.room, null);
  assert.equal(known.lastRoom.id, "1-1");
  assert.equal(known.leftBecause, "round_ended");
});

test("leaving a room that is not ours changes nothing", () => {
  const inRoom = reduce(welcomed(), { type: "room.changed", room: room("1-2"), now: 0, seq: 11 });

  assert.equal(reduce(inRoom, { type: "room.left", room: "1-1", why: "moved", seq: 12 }).room.id, "1-2");
});

test("being moved keeps the room before as the last one", () => {
  const first = reduce(welcomed(), { type: "room.changed", room: room("1-1"), now: 0, seq: 11 });

  assert.equal(reduce(first, { type: "room.changed", room: room("1-2"), now: 0, seq: 12 }).lastRoom.id, "1-1");
});

test("chat goes to its place, each line once", () => {
  const line = { id: 5, room: null, text: "hello" };
  const inRoom = reduce(welcomed(), { type: "room.changed", room: room("1-1"), now: 0, seq: 11 });
  const lobby = reduce(reduce(inRoom, { type: "chat.heard", line, seq: 12 }), { type: "chat.heard", line, seq: 12 });
  const both = reduce(lobby, { type: "chat.heard", line: { id: 6, room: "1-1", text: "psst" }, seq: 13 });

  assert.deepEqual(both.chat, [line]);
  assert.equal(both.room.chat.length, 1);
});

test("chat of a room we are not in is not kept", () => {
  const known = reduce(welcomed(), { type: "chat.heard", line: { id: 6, room: "9-9", text: "x" }, seq: 11 });

  assert.equal(known.chat.length, 0);
});

test("no more lines are kept than the limit says", () => {
  let known = welcomed();
  for (let id = 1; id <= 70; id += 1)
    known = reduce(known, { type: "chat.heard", line: { id, room: null }, seq: 10 + id });

  assert.equal(known.chat.length, 60);
  assert.equal(known.chat[0].id, 11);
});

test("an entry counts as heard only when the next begins or a pulse says so", () => {
  assert.equal(seqAfter(10, { type: "event.changed", seq: 12 }), 11);
  assert.equal(seqAfter(11, { type: "me.changed", seq: 12 }), 11);
  assert.equal(seqAfter(11, { type: "pulse", seq: 12 }), 12);
  assert.equal(seqAfter(12, { type: "signalled" }), 12);
  assert.equal(seqAfter(null, { type: "event.changed", seq: 3 }), null);
});

test("an unknown notice changes nothing", () => {
  const known = welcomed();

  assert.deepEqual(reduce(known, { type: "board.changed" }), known);
});

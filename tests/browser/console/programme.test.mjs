import assert from "node:assert/strict";
import { test } from "node:test";
import { afterwards, comingUp, delayWords, liveTag, phaseTitle } from "../../../static/js/console/programme.js";
import { AGENDA, clock, event, NOW } from "./builders.mjs";

for (const [fields, title, small] of [
  [{}, "Round 1 of 3", "then changeover, 12 s"],
  [{ paused: true }, "Round 1 of 3", "held, rooms stay open"],
  [{ phase: "forming" }, "Round 2 of 3", "pairs are being made"],
  [{ phase: "changeover" }, "After round 1", "then round 2"],
  [{ phase: "changeover", round: 3 }, "After round 3", "then the next part"],
  [{ phase: "lobby", segment: 0, round: 0, rounds: 0 }, "Doors open", "then round 1"],
  [{ phase: "lobby", segment: 0, clock: null }, "Doors open", "no clock, it is your word"],
  [{ phase: "lobby", waitingForPeople: true }, "Speed rounds", "waiting for two who are ready"],
  [{ phase: "closing", segment: 3 }, "Wrap-up", "then it is over"],
]) {
  test(`the clock says "${title}", "${small}"`, () => {
    assert.equal(phaseTitle(event(fields)), title);
    assert.equal(afterwards(event(fields)), small);
  });
}

test("what comes next begins with the next round and its time", () => {
  const rows = comingUp(event());

  assert.deepEqual(
    rows.map((row) => row.words),
    ["Round 2", "Breather, 10 min", "Wrap-up, 10 min"],
  );
  assert.deepEqual(
    rows.map((row) => row.at),
    [NOW + 132_000, NOW + 900_000, NOW + 1_500_000],
  );
});

test("in changeover the next round begins when the wait is over", () => {
  assert.equal(comingUp(event({ phase: "changeover" }))[0].at, NOW + 120_000);
});

test("while the clock stands the next round has no time", () => {
  assert.equal(comingUp(event({ paused: true, clock: clock({ endsAt: null, leftMs: 5 }) }))[0].at, null);
});

test("after the last round come the next parts, after the end nothing", () => {
  assert.deepEqual(
    comingUp(event({ round: 3 })).map((row) => row.words),
    ["Breather, 10 min", "Wrap-up, 10 min"],
  );
  assert.deepEqual(comingUp(event({ phase: "ended", segment: 3 })), []);
});

test("a draft shows the agenda from its first part", () => {
  assert.equal(comingUp(event({ phase: "draft", segment: 0 }), 10).length, AGENDA.length);
});

test("a delay is told in words, a small one not at all", () => {
  assert.equal(delayWords(event({ behindMs: 40_000 })), "Running 40 s behind plan.");
  assert.equal(delayWords(event({ behindMs: 200_000 })), "Running 3 min behind plan.");
  assert.equal(delayWords(event({ behindMs: 900 })), "");
});

test("the tag on top says how the event is", () => {
  assert.deepEqual(liveTag(event({ round: 3 })), { words: "Live, round 3", tone: "good" });
  assert.equal(liveTag(event({ paused: true })).words, "Paused");
  assert.equal(liveTag(event({ phase: "draft" })).words, "Not open yet");
});

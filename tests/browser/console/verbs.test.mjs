import assert from "node:assert/strict";
import { test } from "node:test";
import { endEvent, verbForKey, verbs } from "../../../static/js/console/verbs.js";
import { AGENDA, clock, event } from "./builders.mjs";

const words = (fields) => verbs(event(fields), "45 people").map((verb) => verb.words);
const LOBBY = { phase: "lobby", segment: 0, round: 0, rounds: 0 };

for (const [when, fields, expected] of [
  ["in a draft", { phase: "draft", segment: 0, clock: null }, ["Open the doors"]],
  ["in the lobby", LOBBY, ["Start round 1", "Pause", "+1 min", "Next part"]],
  ["in a lobby without a clock", { ...LOBBY, clock: null }, ["Start round 1", "Next part"]],
  ["in a break before the closing", { phase: "lobby", segment: 2 }, ["Pause", "+1 min", "Next part"]],
  ["between rounds of a part", { phase: "lobby", round: 1 }, ["Start round 2", "Pause", "+1 min", "Next part"]],
  ["while pairs are made", { phase: "forming" }, ["Undo"]],
  ["while people talk", {}, ["Pause", "+1 min", "End round", "Next part"]],
  ["while the clock stands", { paused: true }, ["Resume", "+1 min", "End round", "Next part"]],
  ["in changeover", { phase: "changeover" }, ["Skip the wait", "Pause", "Next part"]],
  ["after the last round", { phase: "changeover", round: 3 }, ["Pause", "Next part"]],
  [
    "before a break that can be left out",
    { ...LOBBY, agenda: [AGENDA[0], AGENDA[2], AGENDA[1]] },
    ["Start round 1", "Pause", "+1 min", "Next part"],
  ],
  [
    "after the last round, more rounds to come",
    { phase: "changeover", round: 3, agenda: [AGENDA[0], AGENDA[1], AGENDA[1]] },
    ["Skip the wait", "Pause", "Next part"],
  ],
  ["in the closing", { phase: "closing", segment: 3 }, ["+1 min", "Pause"]],
  ["when it is over", { phase: "ended", segment: 3, clock: null }, []],
]) {
  test(`the verbs ${when}`, () => assert.deepEqual(words(fields), expected));
}

test("at most one verb is sun, and only before a round", () => {
  const suns = (fields) => verbs(event(fields), "").filter((verb) => verb.tone === "sun").length;

  assert.deepEqual([suns(LOBBY), suns({ phase: "draft" }), suns({}), suns({ phase: "changeover" })], [1, 1, 0, 0]);
});

test("ending and going on ask once, with the number of people", () => {
  const [, , end, next] = verbs(event(), "45 people");

  assert.equal(end.asks, "End for 45 people?");
  assert.equal(next.asks, "Go to “Breather” with 45 people?");
});

test("an event can be ended once its doors are open", () => {
  assert.equal(endEvent(event({ phase: "draft" }), ""), null);
  assert.equal(endEvent(event({ phase: "ended" }), ""), null);
  assert.equal(endEvent(event({ clock: clock() }), "2 people")?.asks, "End the event for 2 people?");
});

test("a key stands for a verb only while it is offered", () => {
  assert.equal(verbForKey(verbs(event(), ""), "Space")?.name, "pauseEvent");
  assert.equal(verbForKey(verbs(event({ paused: true }), ""), "Space")?.name, "resumeEvent");
  assert.equal(verbForKey(verbs(event({ phase: "forming" }), ""), "E"), undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING } from "../../static/js/state/reduce.js";
import { comingUp, describe, moreRounds, sceneOf } from "../../static/js/state/scene.js";

const people = (count) => Array.from({ length: count }, (_, at) => ({ card: { id: `p${at}` } }));
const room = (count) => ({ id: "1-1", people: people(count) });
const scene = (facts, known = {}) =>
  sceneOf({ checked: true, line: "open", ...facts, known: { ...NOTHING, ...known } });
const event = (phase, more = {}) => ({ phase, segment: 0, agenda: [], round: 0, rounds: 0, ...more });

for (const [name, facts, known, expected] of [
  ["before the device check", { checked: false }, {}, "check"],
  ["before the first word of the server", {}, {}, "wait"],
  ["in the lobby", {}, { event: event("lobby") }, "lobby"],
  ["while matches are made", {}, { event: event("forming") }, "lobby"],
  ["in a room of two", {}, { event: event("talking"), room: room(2) }, "pair"],
  ["in a room of four", {}, { event: event("talking"), room: room(4) }, "group"],
  ["in a room that runs on after the round", {}, { event: event("changeover"), room: room(2) }, "pair"],
  ["without a room while others talk", {}, { event: event("talking") }, "lobby"],
  [
    "after one's own round",
    {},
    { event: event("changeover"), lastRoom: room(2), leftBecause: "round_ended" },
    "changeover",
  ],
  ["after a round one sat out", {}, { event: event("changeover") }, "lobby"],
  ["after a round one left early", {}, { event: event("changeover"), lastRoom: room(2), leftBecause: "left" }, "lobby"],
  ["at the wrap-up", {}, { event: event("closing") }, "closing"],
  ["after the end", { line: "ended" }, { event: event("ended") }, "ended"],
  ["after leaving", { line: "ended" }, { event: event("talking"), room: room(2) }, "away"],
  ["while the line is being found again", { line: "waiting" }, { event: event("talking"), room: room(2) }, "pair"],
]) {
  test(`${name} the picture is ${expected}`, () => assert.equal(scene(facts, known), expected));
}

const LOBBY = { kind: "lobby", title: "Doors open", lengthMs: 600_000 };
const ROUNDS = { kind: "rounds", title: "Speed rounds", lengthMs: 1, rounds: 3, size: 2, roundLengthMs: 240_000 };
const CLOSING = { kind: "closing", title: "Wrap-up", lengthMs: 300_000 };

for (const [at, label] of [
  [event("lobby", { agenda: [LOBBY, ROUNDS] }), "First round in"],
  [event("lobby", { agenda: [ROUNDS, LOBBY, ROUNDS], segment: 1 }), "Next round in"],
  [event("forming", { agenda: [LOBBY, ROUNDS], segment: 1, rounds: 3 }), "First round in"],
  [event("changeover", { agenda: [ROUNDS], round: 1, rounds: 3 }), "Round 2 in"],
  [event("changeover", { agenda: [ROUNDS, CLOSING], round: 3, rounds: 3 }), "Wrap-up in"],
  [event("talking", { agenda: [ROUNDS], round: 1, rounds: 3 }), "This round ends in"],
  [event("closing", { agenda: [CLOSING] }), "The event ends in"],
]) {
  test(`in ${at.phase}, part ${at.segment}, round ${at.round}, the countdown is to "${label}"`, () => {
    assert.equal(comingUp(at).label, label);
  });
}

for (const [part, words] of [
  [ROUNDS, "3 rounds, one to one, 4 min each"],
  [{ ...ROUNDS, rounds: 1, size: 4 }, "Tables of four, 4 min"],
  [{ ...ROUNDS, roundLengthMs: 45_000 }, "3 rounds, one to one, 45 s each"],
  [CLOSING, "5 min"],
  [{ ...CLOSING, hint: "Kudos and your list" }, "Kudos and your list"],
]) {
  test(`a part is described as "${words}"`, () => assert.equal(describe(part), words));
}

for (const [name, at, expected] of [
  ["in the middle of the rounds", { segment: 0, round: 1, rounds: 3, agenda: [{ kind: "rounds" }] }, true],
  [
    "after the last of them",
    { segment: 0, round: 3, rounds: 3, agenda: [{ kind: "rounds" }, { kind: "closing" }] },
    false,
  ],
  ["before a table", { segment: 0, round: 3, rounds: 3, agenda: [{ kind: "rounds" }, { kind: "rounds" }] }, true],
]) {
  test(`there are rounds to rest from: ${name}`, () => assert.equal(moreRounds(event("changeover", at)), expected));
}

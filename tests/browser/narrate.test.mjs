import assert from "node:assert/strict";
import { test } from "node:test";
import { narrate } from "../../static/js/state/narrate.js";
import { NOTHING } from "../../static/js/state/reduce.js";

const NOW = Date.UTC(2026, 5, 21, 12);
const card = (id, name, more = {}) => ({ id, name, said: "", team: "", place: "", timezone: "", ...more });
const ME = card("me", "Priya Raman");
const MATEO = card("mateo", "Mateo Quispe", { said: "mah-TEH-oh KEES-peh", team: "Field ops", place: "Cusco" });
const person = (one, more = {}) => ({ card: one, presence: "here", microphone: true, camera: true, ...more });
const EVENT = {
  phase: "talking",
  segment: 1,
  agenda: [{ title: "Doors" }, { title: "Rounds" }],
  round: 3,
  rounds: 10,
  paused: false,
  waitingForPeople: false,
};
const room = (more = {}) => ({
  id: "3-1",
  people: [person(ME), person(MATEO)],
  minuteAskedBy: [],
  extended: false,
  reasons: [{ code: "shared_interest", members: ["me", "mateo"], what: ["choir", "languages"] }],
  clock: { lengthMs: 240_000, endsAt: NOW + 240_000, leftMs: null },
  ...more,
});
const known = (more = {}) => ({ ...NOTHING, event: EVENT, ...more });
const said = (before, after) => narrate(before, after, "me", NOW).map((one) => one.text);

test("entering a room says the round, the person, what you share and the time", () => {
  assert.deepEqual(said(known(), known({ room: room() })), [
    "Round 3 of 10. You are with Mateo Quispe, mah-TEH-oh KEES-peh, Field ops, in Cusco. You both enjoy choir and languages. Four minutes.",
  ]);
});

test("nothing is said of what was there when the page opened", () => {
  assert.deepEqual(said(NOTHING, known({ room: room() })), []);
});

test("after the round the question is asked aloud", () => {
  const after = known({ event: { ...EVENT, phase: "changeover" }, lastRoom: room(), leftBecause: "round_ended" });

  assert.deepEqual(said(known({ room: room() }), after), ["Round 3 is over. Stay in touch with Mateo?"]);
});

test("who is left alone is told kindly", () => {
  assert.deepEqual(said(known({ room: room() }), known({ leftBecause: "alone" })), ["Mateo had to go. It happens."]);
});

test("a request for a minute is urgent", () => {
  const [saying] = narrate(known({ room: room() }), known({ room: room({ minuteAskedBy: ["mateo"] }) }), "me", NOW);

  assert.deepEqual(saying, { urgent: true, text: "Mateo asked for one more minute. Yes or not now?" });
});

test("one's own request is not read back", () => {
  assert.deepEqual(said(known({ room: room() }), known({ room: room({ minuteAskedBy: ["me"] }) })), []);
});

for (const [what, change, text] of [
  ["a muted microphone", { microphone: false }, "Mateo is muted."],
  ["a camera", { camera: false }, "Mateo has the camera off."],
  ["a lost connection", { presence: "reconnecting" }, "Mateo is reconnecting."],
]) {
  test(`${what} of a partner is told`, () => {
    const after = known({ room: room({ people: [person(ME), person(MATEO, change)] }) });

    assert.deepEqual(said(known({ room: room() }), after), [text]);
  });
}

test("a newcomer at the table is told", () => {
  const after = known({ room: room({ people: [person(ME), person(MATEO), person(card("hana", "Hana Sato"))] }) });

  assert.deepEqual(said(known({ room: room() }), after), ["Hana joins you."]);
});

test("the next partner is told once, with the sound of the name", () => {
  const after = known({ next: { people: [MATEO] } });

  assert.deepEqual(said(known(), after), ["Next: Mateo Quispe, mah-TEH-oh KEES-peh, Field ops, Cusco."]);
  assert.deepEqual(said(after, known({ next: { people: [{ ...MATEO }] } })), []);
});

for (const [change, text] of [
  [{ paused: true }, "A host has stopped the clock. You can go on talking."],
  [{ waitingForPeople: true }, "Waiting for one more person who is ready."],
  [{ segment: 0 }, "Doors"],
  [{ phase: "ended" }, "The event is over. Your list is ready."],
]) {
  test(`the event says "${text}"`, () =>
    assert.deepEqual(said(known(), known({ event: { ...EVENT, ...change } })), [text]));
}

test("a free seat is offered at once", () => {
  const after = known({ me: { offer: { room: "3-2", names: ["Ada Li", "Ben Oz"] }, withoutRoom: null } });

  assert.deepEqual(narrate(known(), after, "me", NOW), [
    { urgent: true, text: "There is a free seat with Ada and Ben. Join them?" },
  ]);
});

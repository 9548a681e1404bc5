import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clockTime,
  digits,
  firstName,
  listed,
  roughly,
  shared,
  spokenMinutes,
  timeLeft,
  until,
  whereabouts,
  whyTogether,
  withoutRoom,
} from "../../static/js/lib/words.js";

for (const [ms, words] of [
  [240_000, "4 min"],
  [170_000, "3 min"],
  [90_000, "1½ min"],
  [60_000, "about 1 min"],
  [44_000, "half a minute"],
]) {
  test(`${ms} ms are roughly ${words}`, () => assert.equal(roughly(ms), words));
}

test("the last half minute is time to wrap up, in words and without a number", () => {
  assert.deepEqual(timeLeft(30_000), { big: "Time to wrap up", small: "" });
  assert.deepEqual(timeLeft(31_000), { big: "half a minute", small: "left" });
});

for (const [ms, text] of [
  [0, "0:00"],
  [900, "0:01"],
  [61_000, "1:01"],
  [600_000, "10:00"],
]) {
  test(`${ms} ms are ${text} in digits`, () => assert.equal(digits(ms), text));
}

for (const [ms, words] of [
  [0, "a moment"],
  [12_000, "12 seconds"],
  [30_000, "half a minute"],
  [60_000, "about 1 min"],
  [190_000, "about 3 min"],
]) {
  test(`${ms} ms from now is in ${words}`, () => assert.equal(until(ms), words));
}

test("names are listed as one says them", () => {
  assert.equal(listed([]), "");
  assert.equal(listed(["Ada"]), "Ada");
  assert.equal(listed(["Ada", "Ben", "Cleo"]), "Ada, Ben and Cleo");
});

test("a first name is the first word, accents and all", () => assert.equal(firstName(" Siobhán Daly"), "Siobhán"));

test("minutes are spoken in words", () => {
  assert.equal(spokenMinutes(240_000), "Four minutes");
  assert.equal(spokenMinutes(20_000), "One minute");
  assert.equal(spokenMinutes(1_200_000), "20 minutes");
});

test("somebody's own time is told by their zone", () => {
  const noon = Date.UTC(2026, 5, 21, 12);

  assert.equal(whereabouts({ place: "Cusco", timezone: "America/Lima" }, noon), "in Cusco, where it is 07:00");
  assert.equal(whereabouts({ place: "Cusco", timezone: "" }, noon), "in Cusco");
  assert.equal(whereabouts({ place: "", timezone: "" }, noon), "");
});

test("a zone that the browser does not know is passed over", () => assert.equal(clockTime(0, "Mars/Olympus"), ""));

test("what people share comes from the reasons", () => {
  const reasons = [
    { code: "other_team", members: [], what: [] },
    { code: "shared_interest", members: ["a", "b", "c"], what: ["Choir"] },
    { code: "shared_interest", members: ["a", "b"], what: ["Choir", "Baking"] },
  ];

  assert.deepEqual(shared(reasons, ["a", "b"]), ["Choir", "Baking"]);
  assert.deepEqual(shared(reasons, ["a", "b", "c"]), ["Choir"]);
  assert.deepEqual(shared(reasons, ["d"]), []);
});

const reason = (/** @type {any} */ code, members = ["me", "you"], what = /** @type {string[]} */ ([])) => ({
  code,
  members,
  what,
});

for (const [code, words] of [
  ["must_meet", "You both asked for this"],
  ["pinned", "The host put you together"],
  ["other_team", "From another team"],
  ["again", "You meet again"],
  ["latecomer", "Just came in"],
  ["alone", "Both free just now"],
  ["first_time", "New to each other"],
]) {
  test(`two who meet because of ${code} read: ${words}`, () =>
    assert.deepEqual(whyTogether([reason(code)], "me"), [words]));
}

test("a wish that an offer meets is named", () => {
  assert.deepEqual(whyTogether([reason("offer_meets_wish", ["me", "you"], ["time", "advice"])], "me"), [
    "A wish meets an offer: time and advice",
  ]);
});

test("that two are strangers goes without saying where there is something else to say", () => {
  const reasons = [reason("must_meet"), reason("other_team"), reason("first_time")];

  assert.deepEqual(whyTogether(reasons, "me"), ["You both asked for this", "From another team"]);
});

test("what is between two others at a table is not said to the third", () => {
  const reasons = [reason("must_meet", ["you", "they"]), reason("again", ["you", "they"]), reason("first_time")];

  assert.deepEqual(whyTogether(reasons, "me"), ["New to each other"]);
});

test("codes that say nothing about two people are passed over", () => {
  assert.deepEqual(whyTogether([reason("rule", ["me"], ["no_token:groups"]), reason("kept_apart")], "me"), []);
});

for (const code of [
  ...["alone", "odd_number", "not_enough_people", "kept_apart", "own_wish", "host_wish", "companion", "repeat", "rule"],
  ...["latecomer", "not_connected", "moved", "next_round"],
]) {
  test(`somebody without a room because of ${code} is told so without blame`, () => {
    const { title, text } = withoutRoom(reason(code, ["me"]));

    assert.ok(title);
    assert.doesNotMatch(`${title} ${text}`, /apart|block|rule|match|fail|user|!/i);
  });
}

test("a rule is told as what it means to somebody who sits out", () => {
  const { text } = withoutRoom(reason("rule", ["me"], ["complementary:role"]));

  assert.match(text, /more of one role than of the other.*you come first/);
});

test("somebody kept apart is not told so", () => {
  const { title, text } = withoutRoom(reason("kept_apart", ["me"]));

  assert.doesNotMatch(`${title} ${text}`, /apart|block|person/);
});

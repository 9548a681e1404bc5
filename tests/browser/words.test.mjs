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

test("somebody kept apart is not told so", () => {
  const { title, text } = withoutRoom({ code: "kept_apart", members: [], what: [] });

  assert.doesNotMatch(`${title} ${text}`, /apart|block|person/);
});

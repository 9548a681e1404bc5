import assert from "node:assert/strict";
import { test } from "node:test";
import { flagsOf, healthOf, isAlone, isShown, needsALook } from "../../../static/js/console/flags.js";
import { person, room } from "./builders.mjs";

const two = (one = {}, other = {}) => [person("a", "Ada", one), person("b", "Ben", other)];
const kinds = (people, fields = {}) => flagsOf(room(1, ["a", "b"], fields), people).map((flag) => flag.kind);

for (const [what, people, fields, expected] of [
  ["two who talk", two(), {}, []],
  ["a call for help", two({ helpAt: 1 }), {}, ["help"]],
  ["one person left", [person("a", "Ada")], {}, ["alone"]],
  ["a partner who left", two({}, { presence: "left" }), {}, ["alone"]],
  ["a partner whose seat is kept", two({}, { presence: "reconnecting" }), {}, []],
  ["a weak line", two({ health: 1 }), {}, ["weak"]],
  ["a fair line", two({ health: 2 }), {}, []],
  ["an unknown line", two({ health: null }), {}, []],
  ["both microphones off", two({ microphone: false }, { microphone: false }), {}, ["quiet"]],
  ["one microphone off", two({ microphone: false }), {}, []],
  ["both cameras off", two({ camera: false }, { camera: false }), {}, ["audio"]],
  ["one more minute", two(), { extended: true }, ["minute"]],
  ["a closed room", two({ helpAt: 1 }), { closed: true }, []],
]) {
  test(`flags of ${what}: ${expected.join(", ") || "none"}`, () => assert.deepEqual(kinds(people, fields), expected));
}

test("flags stand in the order of urgency", () => {
  const silent = { microphone: false, camera: false };
  const people = two({ ...silent, helpAt: 1, health: 0 }, silent);

  assert.deepEqual(kinds(people, { extended: true }), ["help", "weak", "quiet", "audio", "minute"]);
});

test("audio only is information, not a reason to look", () => {
  assert.equal(needsALook(flagsOf(room(1, []), two({ camera: false }, { camera: false }))), false);
  assert.equal(needsALook(flagsOf(room(1, []), two({ helpAt: 1 }))), true);
});

test("a room's health is that of its weakest known line", () => {
  assert.equal(healthOf(two({ health: 2 }, { health: null })), 2);
  assert.equal(healthOf(two({ health: 3 }, { health: 0 })), 0);
  assert.equal(healthOf(two({ health: null }, { health: null })), null);
});

test("nobody is alone in a room where nobody is", () => assert.equal(isAlone([]), false));

test("filters show what their name says", () => {
  const calm = flagsOf(room(1, []), two());
  const weak = flagsOf(room(1, []), two({ health: 1 }));

  assert.deepEqual(
    ["all", "look", "weak"].map((name) => isShown(name, calm)),
    [true, false, false],
  );
  assert.deepEqual(
    ["all", "look", "weak"].map((name) => isShown(name, weak)),
    [true, true, true],
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { arcPath, arcs, fnv1a, hue, initials, rondel } from "../../static/js/lib/rondel.js";

for (const [text, hash] of [
  ["", 0x811c9dc5],
  ["a", 0xe40c292c],
  ["foobar", 0xbf9cf968],
]) {
  test(`FNV-1a of "${text}" is the published value`, () => assert.equal(fnv1a(text), hash));
}

test("arcs follow from the id alone", () => {
  const h = fnv1a("ada");
  const { outer, inner } = arcs("ada");

  assert.equal(outer[0].start, h % 360);
  assert.equal(outer[0].length, 40 + ((h >>> 9) % 70));
  assert.equal(outer[1].start, outer[0].start + outer[0].length + 30 + ((h >>> 16) % 40));
  assert.deepEqual(inner, { start: (h >>> 4) % 360, length: 60 + ((h >>> 12) % 90), radius: 36 });
});

test("a quarter turn is drawn from twelve o'clock to three", () => {
  assert.equal(arcPath({ start: 0, length: 90, radius: 46 }), "M50.0 4.0A46 46 0 0 1 96.0 50.0");
});

for (const [name, letters] of [
  ["Priya Raman", "PR"],
  ["Fatima Zahra Idrissi", "FI"],
  ["Noor", "N"],
  ["  minh   trần ", "MT"],
  ["李 小龍", "李小"],
  ["", ""],
]) {
  test(`initials of "${name}" are "${letters}"`, () => assert.equal(initials(name), letters));
}

test("the hue is the team's, and the person's own where there is none", () => {
  assert.equal(rondel({ id: "x", name: "A B", team: "Design" }).hue, `h${hue("Design")}`);
  assert.equal(rondel({ id: "x", name: "A B" }).hue, `h${hue("x")}`);
});

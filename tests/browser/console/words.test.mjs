import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, reduce } from "../../../static/js/console/board.js";
import { concerned, summary, talkingWords } from "../../../static/js/console/counts.js";
import { iconOf, sentenceOf } from "../../../static/js/console/feed.js";
import { digits, lengthWords, listed, shortName, span, spoken } from "../../../static/js/console/words.js";
import { welcome } from "./builders.mjs";

for (const [say, given, expected] of [
  [digits, 156_000, "2:36"],
  [digits, 155_001, "2:36"],
  [digits, -5, "0:00"],
  [digits, 3_725_000, "1:02:05"],
  [span, 40_000, "40 s"],
  [span, 200_000, "3 min"],
  [span, 3_900_000, "1 h 5 min"],
  [lengthWords, 12_000, "12 s"],
  [lengthWords, 60_000, "1 min"],
  [lengthWords, 90_000, "1 min 30 s"],
  [spoken, 156_000, "2 minutes 36"],
  [spoken, 60_000, "1 minute"],
  [spoken, 9_000, "9 seconds"],
  [shortName, "Amara Nwosu", "Amara N."],
  [shortName, "Fatima Zahra Idrissi", "Fatima I."],
  [shortName, "Björk", "Björk"],
  [listed, ["Ada"], "Ada"],
  [listed, ["Ada", "Ben", "Cy"], "Ada, Ben and Cy"],
]) {
  test(`${say.name} of ${JSON.stringify(given)} is "${expected}"`, () => assert.equal(say(given), expected));
}

const line = (kind, fields = {}) => ({ id: 1, at: 1, kind, names: [], room: null, text: "", ...fields });

for (const [given, expected] of [
  [line("connection", { names: ["Amara Nwosu", "Tomasz Wilk"] }), "Amara and Tomasz both said yes"],
  [line("room_extended", { room: 7 }), "Room 7 got one more minute"],
  [line("moved", { names: ["Yara Nassar"], room: 9 }), "Yara moved to room 9"],
  [line("help", { names: ["Harjit Gill"], room: 5 }), "Harjit in room 5 asked for help"],
  [line("arrived", { names: ["Lani Tuala"] }), "Lani arrived"],
  [line("round_started", { text: "3" }), "Round 3 started"],
  [line("broadcast", { text: "Drink water" }), "To everybody: Drink water"],
  [line("left"), "Somebody left"],
  [line("report", { names: ["Ana Silva", "Ben Stone"] }), "Ana sent a report about Ben"],
  [line("alone", { names: ["Yara Nassar"], room: 4 }), "Yara is left alone in room 4"],
  [line("media_failed", { names: ["Yara Nassar"], room: 4 }), "Yara in room 4 could not connect"],
]) {
  test(`the feed says "${expected}"`, () => assert.equal(sentenceOf(given), expected));
}

test("a kind we do not know still has an icon and its text", () => {
  assert.equal(sentenceOf(line("new_kind", { text: "Something" })), "Something");
  assert.equal(iconOf(line("new_kind")), "activity");
});

test("everything in one sentence", () => {
  const board = reduce(EMPTY, welcome());

  assert.equal(summary(board, 2, 156_000), "Round 1 of 3. 2 rooms, 4 talking, 2 need you, 2 minutes 36 left.");
  assert.equal(summary(EMPTY, 0, null), "We are still finding the event.");
  assert.equal(talkingWords(board), "4 talking");
  assert.equal(concerned(board), "4 people");
});

// @ts-check
/** The activity feed: a fact becomes an icon and a sentence. Pure. */

import { firstName, listed } from "./words.js";

/** @typedef {import("./board.js").FeedLine} FeedLine */

/** @param {FeedLine} line */
const who = (line) => listed(line.names.map(firstName)) || "Somebody";
/** @param {FeedLine} line */
const toRoom = (line) => (line.room === null ? "a room" : `room ${line.room}`);
/** @param {FeedLine} line */
const inRoom = (line) => (line.room === null ? "" : ` in room ${line.room}`);
/** @param {FeedLine} line */
const theRoom = (line) => (line.room === null ? "A room" : `Room ${line.room}`);
/** @param {FeedLine} line @param {string} plain */
const named = (line, plain) => (line.text ? `${plain}: ${line.text}` : plain);

/** Names are those of who reports and of whom it is about. @param {FeedLine} line */
function reported(line) {
  const [by, about] = line.names.map(firstName);
  return about ? `${by} sent a report about ${about}` : "Somebody sent a report";
}

/** @type {Record<FeedLine["kind"], { icon: string, words: (line: FeedLine) => string }>} */
const LINES = {
  arrived: { icon: "log-in", words: (line) => `${who(line)} arrived` },
  left: { icon: "log-out", words: (line) => `${who(line)} left` },
  returned: { icon: "refresh-cw", words: (line) => `${who(line)} came back` },
  round_started: { icon: "play", words: (line) => (line.text ? `Round ${line.text} started` : "A round started") },
  round_ended: { icon: "circle-stop", words: (line) => (line.text ? `Round ${line.text} ended` : "The round ended") },
  paused: { icon: "pause", words: () => "The clocks were paused" },
  resumed: { icon: "play", words: () => "The clocks run again" },
  extended: { icon: "timer", words: () => "One more minute for everybody" },
  room_extended: { icon: "timer", words: (line) => `${theRoom(line)} got one more minute` },
  moved: { icon: "arrow-left-right", words: (line) => `${who(line)} moved to ${toRoom(line)}` },
  alone: {
    icon: "user-round-x",
    words: (line) => `${who(line)} ${line.names.length > 1 ? "are" : "is"} left alone${inRoom(line)}`,
  },
  joined_late: { icon: "user-round-plus", words: (line) => `${who(line)} joined ${toRoom(line)}` },
  help: { icon: "life-buoy", words: (line) => `${who(line)}${inRoom(line)} asked for help` },
  help_answered: { icon: "check", words: (line) => `${who(line)} got help` },
  report: { icon: "flag", words: (line) => reported(line) },
  removed: { icon: "user-round-minus", words: (line) => `${who(line)} was removed` },
  broadcast: {
    icon: "megaphone",
    words: (line) => named(line, line.room === null ? "To everybody" : `To room ${line.room}`),
  },
  connection: { icon: "heart-handshake", words: (line) => `${who(line)} both said yes` },
  event_opened: { icon: "door-open", words: () => "The doors are open" },
  event_ended: { icon: "door-closed", words: () => "The event ended" },
  segment: { icon: "skip-forward", words: (line) => named(line, "Next part") },
  swapped: { icon: "arrow-left-right", words: (line) => `${who(line)} change places in the next round` },
  excluded: { icon: "coffee", words: (line) => `${who(line)} sits out the next round by a host’s word` },
  included: { icon: "user-round-plus", words: (line) => `${who(line)} is in the next round again` },
  parted: { icon: "unlink", words: (line) => `${who(line)} are kept apart by a host` },
  unparted: { icon: "link", words: (line) => `${who(line)} may meet again` },
  redone: { icon: "dices", words: () => "The next round was made again by another chance" },
  media_failed: { icon: "wifi-off", words: (line) => `${who(line)}${inRoom(line)} could not connect` },
};

/** @param {FeedLine} line @returns {string} the icon's name */
export const iconOf = (line) => LINES[line.kind]?.icon ?? "activity";

/** @param {FeedLine} line @returns {string} */
export const sentenceOf = (line) => LINES[line.kind]?.words(line) ?? line.text;

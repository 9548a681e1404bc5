// @ts-check
/** The next round in words: how good it is, what was given up, why these people meet. Pure. */

import { namesOf } from "./next_moves.js";
import { capital, counted, listed } from "./words.js";

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("../protocol.js").GivenUp} GivenUp */
/** @typedef {import("../protocol.js").NextRound} NextRound */
/** @typedef {import("../protocol.js").NextRoom} NextRoom */
/** @typedef {import("../protocol.js").Reason} Reason */
/** @typedef {"all"|"again"|"given"|"pinned"} NextFilter */

/** @type {Record<string, string>} */
const ATTRIBUTES = {
  team: "team",
  role: "role",
  groups: "group",
  interests: "interest",
  looking_for: "wish",
  offering: "offer",
  languages: "language",
};

/** @type {Record<string, (attribute: string) => string>} */
const RULES = {
  repeat: () => "nobody meets twice",
  series_repeat: () => "nobody from an earlier event",
  room_size: () => "rooms of the usual size",
  must_differ: (attribute) => `a different ${attribute} each`,
  must_share: (attribute) => `a common ${attribute}`,
  complementary: (attribute) => `one of each ${attribute}`,
  quota: (attribute) => `the right number by ${attribute}`,
  anchor: (attribute) => `a room of their own by ${attribute}`,
  must_link: () => "together in this round",
  companion: () => "companions together",
  mix: (attribute) => `mixed by ${attribute}`,
  no_token: (attribute) => `nobody alone of their ${attribute}`,
};

/** @param {string} rule `must_differ:team` @returns {string} `a different team each` */
export function ruleWords(rule) {
  const [kind = "", attribute = ""] = rule.split(":");
  return RULES[kind]?.(ATTRIBUTES[attribute] ?? attribute) ?? rule;
}

/** @param {Board} board @param {GivenUp} line @returns {string} one sentence with names */
export const givenUpWords = (board, line) =>
  `${capital(ruleWords(line.rule))}: not for ${namesOf(board, line.members)}, because ${line.because}.`;

/** @type {Record<string, string>} */
const WHY_OUT = {
  odd_number: "odd number",
  not_enough_people: "nobody else is free",
  kept_apart: "kept apart from those who are free",
  repeat: "has met everybody who is free",
  rule: "a rule leaves no room",
  companion: "goes with somebody who sits out",
};

/** @param {Reason} reason @returns {string} why somebody sits out */
export const outWords = (reason) => WHY_OUT[reason.code] ?? "no room is left";

/** @param {NextRound} next @returns {string} `83 % of pairs across teams`, or nothing where no teams are known */
export function mixingWords(next) {
  const { pairs, across } = next.mixing;
  return pairs === 0 ? "" : `${Math.round((100 * across) / pairs)} % across teams`;
}

/** @param {Board} board @returns {string[]} the numbers under the heading */
export function factsOf(board) {
  const { next } = board;
  const again = [...board.nextRooms.values()].reduce((sum, room) => sum + room.repeats.length, 0);
  const out = next.sitsOut.length + next.excluded.length;
  return [
    counted(next.rooms, "room", "rooms"),
    out === 0 ? "nobody sits out" : `${out} ${out === 1 ? "sits" : "sit"} out`,
    again === 0 ? "no repeats" : counted(again, "pair met before", "pairs met before"),
    mixingWords(next),
  ].filter(Boolean);
}

/** @param {number} came @param {number} gone @returns {string} */
export function staleWords(came, gone) {
  const facts = [came > 0 && `${came} came`, gone > 0 && `${gone} left`].filter((fact) => fact !== false);
  return facts.length === 0 ? "" : `Since this was made ${listed(facts)}. It is made again before the round.`;
}

/** @param {Board} board @param {NextRoom} room @returns {string[]} `Met in round 2`, with names where there are more */
export const repeatWords = (board, room) =>
  room.repeats.map(({ members, rounds }) => {
    const when = `met in ${rounds.length === 1 ? "round" : "rounds"} ${listed(rounds.map(String))}`;
    return room.people.length === 2 ? capital(when) : `${namesOf(board, members)} ${when}`;
  });

/** @param {readonly Reason[]} reasons @param {Reason["code"]} code @returns {string[]} what these reasons name, each once */
const named = (reasons, code) => [
  ...new Set(reasons.filter((reason) => reason.code === code).flatMap((reason) => reason.what)),
];

/** @param {NextRoom} room @returns {string[]} why these people meet, in a few words each */
export function whyWords(room) {
  const has = (/** @type {Reason["code"]} */ code) => room.reasons.some((reason) => reason.code === code);
  const shared = named(room.reasons, "shared_interest");
  const granted = named(room.reasons, "offer_meets_wish");
  return [
    has("must_meet") && "wished to meet",
    has("companion") && "companions",
    shared.length > 0 && `${room.people.length === 2 ? "both" : "shared"}: ${listed(shared)}`,
    granted.length > 0 && `a wish meets an offer: ${listed(granted)}`,
    has("other_team") && "other team",
    room.repeats.length === 0 && has("first_time") && "first time",
  ].filter((words) => typeof words === "string");
}

/** @param {NextRound} next @param {NextRoom} room @returns {GivenUp[]} what was given up here; repeats are told apart */
export const givenUpIn = (next, room) =>
  next.givenUp.filter((line) => line.rule !== "repeat" && line.members.some((who) => room.people.includes(who)));

/** @type {Record<NextFilter, (next: NextRound, room: NextRoom) => boolean>} */
const FILTERS = {
  all: () => true,
  again: (_, room) => room.repeats.length > 0,
  given: (next, room) => givenUpIn(next, room).length > 0,
  pinned: (_, room) => room.pinned,
};

/** @param {NextFilter} filter @param {Board} board @returns {NextRoom[]} */
export const roomsShown = (filter, board) =>
  [...board.nextRooms.values()].filter((room) => FILTERS[filter](board.next, room));

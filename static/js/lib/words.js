// @ts-check
/** Words for people: time left, lists of names, reasons. Nothing here knows the page. */

const MINUTE_MS = 60_000;

/** @typedef {{ big: string, small: string }} Spoken */

/** Time left in a room, in words. @param {number} ms @returns {Spoken} */
export function timeLeft(ms) {
  if (ms <= 30_000) return { big: "Time to wrap up", small: "" };
  return { big: roughly(ms), small: "left" };
}

/** A length as one would say it. @param {number} ms */
export function roughly(ms) {
  if (ms < 45_000) return "half a minute";
  if (ms < 75_000) return "about 1 min";
  if (ms < 100_000) return "1½ min";
  return `${Math.round(ms / MINUTE_MS)} min`;
}

/** How long until something begins: honest, never more exact than it can be. @param {number} ms */
export function until(ms) {
  if (ms <= 1000) return "a moment";
  if (ms < 20_000) return `${Math.ceil(ms / 1000)} seconds`;
  if (ms < 45_000) return "half a minute";
  if (ms < 75_000) return "about 1 min";
  return `about ${Math.round(ms / MINUTE_MS)} min`;
}

/** `2:07`. @param {number} ms */
export function digits(ms) {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Minutes in full, for reading aloud. @param {number} ms */
export function spokenMinutes(ms) {
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS));
  const words = ["", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];
  return `${words[minutes] ?? minutes} minute${minutes === 1 ? "" : "s"}`;
}

/** `Ada, Ben and Cleo`. @param {readonly string[]} names */
export function listed(names) {
  if (names.length < 2) return names[0] ?? "";
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** The name by which one speaks to somebody. @param {string} name */
export const firstName = (name) => name.trim().split(/\s+/u)[0] ?? name;

/** @param {number} instant @param {string} [timeZone] */
export function clockTime(instant, timeZone) {
  const format = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
  try {
    return new Intl.DateTimeFormat("en-GB", /** @type {any} */ (format)).format(instant);
  } catch {
    return ""; // a zone that this browser does not know
  }
}

/** Where somebody is and what time it is there. @param {{ place: string, timezone: string }} card @param {number} now */
export function whereabouts({ place, timezone }, now) {
  const time = timezone ? clockTime(now, timezone) : "";
  if (place && time) return `in ${place}, where it is ${time}`;
  if (place) return `in ${place}`;
  return time ? `where it is ${time}` : "";
}

/** @typedef {import("../protocol.js").Reason} Reason */

/**
 * What these people have in common, all of them.
 * @param {readonly Reason[]} reasons
 * @param {readonly string[]} ids
 * @returns {string[]}
 */
export function shared(reasons, ids) {
  const common = reasons.filter(
    ({ code, members }) => code === "shared_interest" && ids.every((id) => members.includes(id)),
  );
  return [...new Set(common.flatMap((one) => one.what))];
}

/** @type {Partial<Record<Reason["code"], (reason: Reason) => string>>} */
const TOGETHER = {
  must_meet: () => "You both asked for this",
  pinned: () => "The host put you together",
  offer_meets_wish: ({ what }) => `A wish meets an offer: ${listed(what)}`,
  other_team: () => "From another team",
  first_time: () => "New to each other",
  again: () => "You meet again",
  latecomer: () => "Just came in",
  alone: () => "Both free just now",
};
/** Said where nothing else is: among strangers it goes without saying. */
const PLAIN = ["first_time"];

/**
 * Why you two, beyond what you share; the strongest first.
 * @param {readonly Reason[]} reasons
 * @param {string} me reasons between other people are theirs
 * @returns {string[]}
 */
export function whyTogether(reasons, me) {
  const mine = reasons.filter(({ members }) => members.length === 0 || members.includes(me));
  const telling = mine.filter(({ code }) => !PLAIN.includes(code));
  const said = (telling.length > 0 ? telling : mine).map((reason) => TOGETHER[reason.code]?.(reason) ?? "");
  return [...new Set(said)].filter(Boolean);
}

const ROUND_OFF = "You sit this one out";

/** @type {Partial<Record<Reason["code"], { title: string, text: string }>>} */
const WITHOUT = {
  alone: { title: "Your partner had to go", text: "It happens. We are looking for another seat for you." },
  odd_number: {
    title: ROUND_OFF,
    text: "The seats do not come out even, so people take turns. Next time you come first.",
  },
  not_enough_people: {
    title: "Waiting for one more person",
    text: "It takes two people who are ready. You will be called.",
  },
  own_wish: { title: "You are having a rest", text: "Rest as long as you like. We will not ask why." },
  host_wish: {
    title: "A host keeps you free this round",
    text: "They may want a word with you. The next round is yours.",
  },
  companion: { title: ROUND_OFF, text: "You go with your person, and they sit this one out." },
  repeat: {
    title: "You have met everybody who is free",
    text: "Rather than the same talk again you have a rest. Somebody new may come in for the next round.",
  },
  latecomer: {
    title: "A round is running",
    text: "You came in between. We look for a seat, and the next round is yours.",
  },
  not_connected: { title: "You were away when the round began", text: "The next round is yours." },
  moved: { title: "A host is finding you a seat", text: "It takes only a moment." },
  next_round: { title: "The next round is yours", text: "Too little time is left in this one." },
};

/** What a rule means to somebody who sits out because of it, by how the rule's name begins. */
const RULED = [
  ["complementary", "There are more of one role than of the other, so people take turns."],
  ["anchor", "The hosts' rooms are full this time, so people take turns."],
  ["quota", "There are not enough hosts for every table this time, so people take turns."],
  ["must_differ:team", "Only people of your own team were free this time."],
  ["must_share:languages", "Nobody with a language in common was free this time."],
  ["must_share:team", "Nobody of your own team was free this time."],
  ["must_share:interests", "Nobody with an interest in common was free this time."],
];
const NO_SEAT_FITS = "There was no seat that fits this time.";
const SOON = "Next time you come first.";

/** @param {Reason} reason */
function ruledOut({ what }) {
  const [, why] = RULED.find(([start]) => what[0]?.startsWith(start ?? "")) ?? ["", NO_SEAT_FITS];
  return { title: ROUND_OFF, text: `${why} ${SOON}` };
}

/** Why there is no room right now. @param {Reason} reason @returns {{ title: string, text: string }} */
export function withoutRoom(reason) {
  if (reason.code === "rule") return ruledOut(reason);
  return WITHOUT[reason.code] ?? { title: "The next round is yours", text: "" };
}

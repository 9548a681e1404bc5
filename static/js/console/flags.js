// @ts-check
/** What is the matter with a room, most urgent first. Pure. */

/** @typedef {import("./board.js").BoardPerson} BoardPerson */
/** @typedef {import("./board.js").Room} Room */
/**
 * @typedef {object} Flag
 * @property {"help"|"alone"|"weak"|"quiet"|"audio"|"minute"} kind
 * @property {"bad"|"warn"|"info"} tone
 * @property {string} icon
 * @property {string} words
 */

/** At this health or below a connection counts as weak. */
const WEAK = 1;
/** These want a look; the others are information. */
const URGENT = new Set(["help", "alone", "weak", "quiet"]);

/** @type {Record<Flag["kind"], Flag>} */
const FLAGS = {
  help: { kind: "help", tone: "bad", icon: "life-buoy", words: "Asked for help" },
  alone: { kind: "alone", tone: "warn", icon: "user-round-x", words: "Alone" },
  weak: { kind: "weak", tone: "warn", icon: "triangle-alert", words: "Weak connection" },
  quiet: { kind: "quiet", tone: "warn", icon: "volume-x", words: "Nobody's mic is on" },
  audio: { kind: "audio", tone: "info", icon: "mic", words: "Audio only" },
  minute: { kind: "minute", tone: "info", icon: "timer", words: "+1 min" },
};

/** @param {BoardPerson} person */
export const isHere = (person) => person.presence === "here";
/** @param {BoardPerson} person */
const mayReturn = (person) => person.presence === "here" || person.presence === "reconnecting";

/** @param {BoardPerson} person @returns {boolean} whether their line is too thin */
export const isWeak = (person) => isHere(person) && person.health !== null && person.health <= WEAK;

/** @param {readonly BoardPerson[]} people @returns {boolean} one person sits there and nobody will come back */
export const isAlone = (people) => people.some(isHere) && people.filter(mayReturn).length === 1;

/** @type {Array<[Flag["kind"], (people: readonly BoardPerson[], room: Room) => boolean]>} */
const TESTS = [
  ["help", (people) => people.some((person) => person.helpAt !== null)],
  ["alone", (people) => isAlone(people)],
  ["weak", (people) => people.some(isWeak)],
  ["quiet", (people) => people.length > 1 && people.every((person) => isHere(person) && !person.microphone)],
  ["audio", (people) => people.length > 1 && people.every((person) => isHere(person) && !person.camera)],
  ["minute", (_, room) => room.extended],
];

/**
 * @param {Room} room
 * @param {readonly BoardPerson[]} people those who sit there
 * @returns {Flag[]}
 */
export function flagsOf(room, people) {
  if (room.closed) return [];
  return TESTS.filter(([, test]) => test(people, room)).map(([kind]) => FLAGS[kind]);
}

/** @param {readonly Flag[]} flags */
export const needsALook = (flags) => flags.some((flag) => URGENT.has(flag.kind));

/**
 * The weakest known line of a room; null when none is known.
 * @param {readonly BoardPerson[]} people
 * @returns {number|null}
 */
export function healthOf(people) {
  const known = people.map((person) => person.health).filter((health) => health !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** @typedef {"all"|"look"|"weak"} Filter */

/**
 * Whether a filter shows a room; filters hide, they never sort.
 * @param {Filter} filter
 * @param {readonly Flag[]} flags
 */
export function isShown(filter, flags) {
  if (filter === "all") return true;
  return filter === "look" ? needsALook(flags) : flags.some((flag) => flag.kind === "weak");
}

// @ts-check
/** Small pieces of the sentences that the console says. */

const NUMBERS = ["none", "one", "two", "three", "four", "five", "six"];
const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** From here on a delay is told in minutes. */
const ROUGH_FROM = 90 * SECOND;

/** @param {string} name @returns {string} the first word of a name, as people are addressed */
export const firstName = (name) => name.trim().split(/\s+/)[0] ?? name;

/**
 * `Amara N.` for `Amara Nwosu`; the whole name is always beside it for assistive technology.
 * @param {string} name
 */
export function shortName(name) {
  const words = name.trim().split(/\s+/);
  if (words.length < 2) return name.trim();
  const [initial] = Array.from(/** @type {string} */ (words.at(-1)));
  return `${words[0]} ${initial}.`;
}

/**
 * `Ada`, `Ada and Ben`, `Ada, Ben and Cy`.
 * @param {readonly string[]} words
 */
export function listed(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** @param {string} words @returns {string} the same with a capital at the start */
export const capital = (words) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/** @param {number} count @returns {string} small numbers as words */
export const inWords = (count) => NUMBERS[count] ?? String(count);

/**
 * `1 person`, `3 people`.
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
export const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;

/**
 * What a clock shows: `2:36`; whole seconds, never below 0:00.
 * @param {number} ms
 */
export function digits(ms) {
  const seconds = Math.max(0, Math.ceil(ms / SECOND));
  const hours = Math.floor(seconds / 3600);
  const rest = `${String(seconds % 60).padStart(2, "0")}`;
  if (hours === 0) return `${Math.floor(seconds / 60)}:${rest}`;
  return `${hours}:${String(Math.floor(seconds / 60) % 60).padStart(2, "0")}:${rest}`;
}

/**
 * `40 s`, `3 min`, `1 h 5 min`: how long something has been or will be.
 * @param {number} ms
 */
export function span(ms) {
  if (ms < ROUGH_FROM) return `${Math.max(0, Math.round(ms / SECOND))} s`;
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/**
 * A length of the agenda, whole: `10 min`, `45 s`, `1 min 30 s`.
 * @param {number} ms
 */
export function lengthWords(ms) {
  const minutes = Math.floor(ms / MINUTE);
  const seconds = Math.round((ms % MINUTE) / SECOND);
  if (minutes >= 60) return span(ms);
  return [minutes && `${minutes} min`, (seconds || !minutes) && `${seconds} s`].filter(Boolean).join(" ");
}

/**
 * `2 minutes 36`: a clock as it is read out.
 * @param {number} ms
 */
export function spoken(ms) {
  const seconds = Math.max(0, Math.ceil(ms / SECOND));
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return counted(rest, "second", "seconds");
  const whole = counted(minutes, "minute", "minutes");
  return rest === 0 ? whole : `${whole} ${rest}`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** @param {number} at @returns {string} `16:19`, where this browser is */
export const timeOfDay = (at) => CLOCK.format(new Date(at));

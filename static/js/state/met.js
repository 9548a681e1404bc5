// @ts-check
/** Own words about the people met: yes or no, notes, kudos. Kept here at once, saved over HTTP, tried again when away. */

import { call } from "../lib/http.js";
import { page } from "../lib/page.js";
import { signal } from "../lib/view.js";

/** @typedef {{ answer?: "yes" | "no" | null, note?: string, kudos?: string, shared?: string[] }} Word */
/** @typedef {Word & { mutual?: boolean, name?: string }} Kept */

/** A pause in typing after which a note is saved. */
const NOTE_MS = 900;
const RETRY_MS = 4000;
const RETRIES = 15;

/** What is known about each person, by id. */
export const words = signal(/** @type {Map<string, Kept>} */ (new Map()));
/** Names of our own contact fields that hold something. */
export const shareable = signal(/** @type {string[]} */ ([]));
/** All people met, as the server lists them. */
export const met = signal(/** @type {any[] | null} */ (null));

/** @type {Map<string, { word: Word, timer: ReturnType<typeof setTimeout> | undefined, tries: number }>} */
const unsaved = new Map();

/** @param {string} about @returns {Kept} */
export const wordAbout = (about) => words.value.get(about) ?? {};

/** @param {string} about @param {Kept} change */
function keep(about, change) {
  words.value = new Map(words.value).set(about, { ...wordAbout(about), ...change });
}

/** Read the list; what is not saved yet stays as we have it. */
export async function loadMet() {
  const list = await call("GET", page.urls.met ?? "").catch(() => null);
  if (!list) return;
  shareable.value = Object.entries(list.contactFields ?? {}).flatMap(([name, value]) => (value ? [name] : []));
  met.value = list.met;
  for (const { id, answer, note, kudos, mutual, name } of list.met) {
    keep(id, { answer, note, kudos, mutual, name, ...unsaved.get(id)?.word });
  }
}

/** @param {string} about @param {Word} word @param {number} [afterMs] */
function save(about, word, afterMs = 0) {
  keep(about, word);
  const waiting = unsaved.get(about);
  clearTimeout(waiting?.timer);
  const entry = { word: { ...waiting?.word, ...word }, timer: setTimeout(() => send(about), afterMs), tries: 0 };
  unsaved.set(about, entry);
}

/** @param {string} about */
async function send(about) {
  const entry = unsaved.get(about);
  if (!entry) return;
  const url = `${page.urls.metOne}${encodeURIComponent(about)}.json`;
  try {
    const row = await call("PUT", url, entry.word);
    if (unsaved.get(about) !== entry) return; // something newer waits already
    unsaved.delete(about);
    keep(about, { mutual: row.mutual, name: row.name });
  } catch (trouble) {
    again(about, entry, /** @type {any} */ (trouble).status);
  }
}

/** @param {string} about @param {NonNullable<ReturnType<typeof unsaved.get>>} entry @param {number} status */
function again(about, entry, status) {
  if (unsaved.get(about) !== entry) return;
  const hopeless = status >= 400 && status < 500 && status !== 404 && status !== 429;
  entry.tries += 1;
  if (hopeless || entry.tries > RETRIES) unsaved.delete(about);
  else entry.timer = setTimeout(() => send(about), RETRY_MS);
}

/** Yes, no, or undecided again. A yes shares the contact fields we have; field by field is chosen on the list. @param {string} about @param {"yes" | "no" | null} answer */
export function answer(about, answer) {
  save(about, answer === "yes" ? { answer, shared: shareable.value } : { answer });
}

/** @param {string} about @param {string} note */
export const writeNote = (about, note) => save(about, { note }, NOTE_MS);

/** One tap, or the same again to take it back. @param {string} about @param {string} code */
export function giveKudos(about, code) {
  save(about, { kudos: wordAbout(about).kudos === code ? "" : code });
}

/** @param {{ about: string, kind: string, text: string, never_again: boolean }} report */
export const sendReport = (report) => call("POST", page.urls.reports ?? "", report);

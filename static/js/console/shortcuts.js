// @ts-check
/** Single keys: off while somebody types, off in a sheet, and off when the host wishes so. */

import { say } from "@/lib/announce.js";
import { choose, offered } from "./clock_panel.js";
import { summary } from "./counts.js";
import { board, filter, keysOn, left, needed, sheet, toast } from "./store.js";
import { verbForKey } from "./verbs.js";
import { write } from "./wishes.js";

/** A room number is complete when no further digit has come for so long. */
const NUMBER_MS = 900;
const TYPING = "input, textarea, select, [contenteditable]";
/** Space belongs to these. */
const PRESSED = "button, a, summary, [role=button], [role=switch]";

/** @type {{ digits: string, timer: ReturnType<typeof setTimeout>|undefined }|null} */
let going = null;

/** How things stand, said and shown. */
export function sayHowThingsStand() {
  const words = summary(board.value, needed.value.length, left());
  toast.value = { words };
  say(words);
}

/** Focus goes round through those who need a host. */
export function nextAlert() {
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-need]")]);
  const at = all.findIndex((item) => item.contains(document.activeElement));
  const next = all[(at + 1) % Math.max(all.length, 1)];
  if (next) next.focus();
  else say("Nobody needs you right now.");
}

/** @param {string} digits */
function goToRoom(digits) {
  going = null;
  filter.value = "all";
  requestAnimationFrame(() => {
    /** @type {HTMLElement|null} */
    const card = document.querySelector(`[data-room="${digits}"]`);
    if (!card) return say(`There is no room ${digits}.`);
    card.scrollIntoView({ block: "center" });
    card.focus();
    return undefined;
  });
}

/** @param {string} digit */
function addDigit(digit) {
  if (!going) return;
  const digits = going.digits + digit;
  clearTimeout(going.timer);
  going = { digits, timer: setTimeout(() => goToRoom(digits), NUMBER_MS) };
}

/** @param {string} key @returns {boolean} whether it stood for a verb of this moment */
function verbKey(key) {
  const verb = verbForKey(offered(), { " ": "Space", e: "E" }[key] ?? key);
  if (verb) choose(verb);
  return verb !== undefined;
}

/** @type {Record<string, () => void>} */
const KEYS = {
  g: () => {
    going = { digits: "", timer: setTimeout(() => (going = null), 4 * NUMBER_MS) };
  },
  a: nextAlert,
  b: () => write(),
  i: sayHowThingsStand,
  "/": () => {
    sheet.value = { kind: "people" };
  },
  "?": () => {
    sheet.value = { kind: "help" };
  },
};

/** @param {KeyboardEvent} event */
function isOurs(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || sheet.value) return false;
  const on = /** @type {Element} */ (event.target);
  if (on.closest?.(TYPING)) return false;
  return event.key !== " " || !on.closest?.(PRESSED);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (!isOurs(event) || (!keysOn.value && event.key !== "?")) return;
  if (going && /^\d$/.test(event.key)) return addDigit(event.key);
  const key = event.key.toLowerCase();
  if (!verbKey(key) && !(key in KEYS)) return;
  event.preventDefault();
  KEYS[key]?.();
}

/** Listen for keys as long as the page lives. */
export function listenForKeys() {
  document.addEventListener("keydown", onKey);
}

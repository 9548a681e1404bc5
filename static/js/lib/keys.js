// @ts-check
/** Single keys: off while somebody types or a dialog is open, and off for good when somebody wants that (WCAG 2.1.4). */

import { recall, remember } from "./remember.js";
import { signal, useEffect } from "./view.js";

export const keysOn = signal(recall("keys", "on") === "on");

/** @type {Map<string, Array<() => void>>} */
const bound = new Map();

/** @param {boolean} on */
export function switchKeys(on) {
  keysOn.value = on;
  remember("keys", on ? "on" : "off");
}

/** Typing, or a choice that uses letters itself. @param {EventTarget | null} target */
function takesLetters(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input:not([type=checkbox], [type=radio], [type=button])");
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (!keysOn.value || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (takesLetters(event.target) || document.querySelector("dialog[open]")) return;
  const acts = bound.get(event.key.toLowerCase());
  const act = acts?.[acts.length - 1];
  if (!act) return;
  event.preventDefault();
  act();
}

globalThis.document?.addEventListener("keydown", pressed);

/** @param {string} key @param {() => void} act @returns {() => void} undo */
export function bindKey(key, act) {
  const acts = bound.get(key) ?? [];
  bound.set(key, [...acts, act]);
  return () =>
    bound.set(
      key,
      (bound.get(key) ?? []).filter((one) => one !== act),
    );
}

/** A key for as long as a component is on the page. @param {string} key @param {() => void} act @param {boolean} [on] */
export function useKey(key, act, on = true) {
  useEffect(() => (on ? bindKey(key, act) : undefined));
}

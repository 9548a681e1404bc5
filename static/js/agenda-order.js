// @ts-check
/** Changing the order of parts by dragging a grip, or by keys on it: Space, arrows, Space, Escape. */

import { say } from "@/lib/announce.js";

/** @typedef {import("@/agenda-parts.js").Parts} Parts */

/** @param {EventTarget | null} target */
function gripOf(target) {
  const grip = target instanceof Element ? target.closest("[data-grip]") : null;
  return grip instanceof HTMLElement ? grip : null;
}

/** @param {HTMLElement} grip */
function rowOf(grip) {
  return /** @type {HTMLElement} */ (grip.closest("li"));
}

/** @param {HTMLFormElement} form @param {Parts} parts */
export function orderByDragging(form, parts) {
  /** @type {HTMLElement | null} */
  let held = null;
  /** @type {string[]} */
  let before = [];

  const finish = () => {
    held?.classList.remove("lifted");
    held = null;
  };
  form.addEventListener("pointerdown", (event) => {
    const grip = gripOf(event.target);
    if (!grip || event.button !== 0) return;
    grip.setPointerCapture(event.pointerId);
    held = rowOf(grip);
    held.classList.add("lifted");
    before = parts.keys();
  });
  form.addEventListener("pointermove", (event) => {
    if (!held) return;
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-parts] > li");
    if (!(under instanceof HTMLElement) || under === held) return;
    const box = under.getBoundingClientRect();
    const later = event.clientY > box.top + box.height / 2;
    const next = later ? under.nextElementSibling : under;
    if (next !== held && held.nextElementSibling !== next) parts.list.insertBefore(held, next);
  });
  form.addEventListener("pointerup", () => {
    if (!held) return;
    const key = held.dataset.key ?? "";
    finish();
    if (parts.keys().join() === before.join()) return;
    parts.settle();
    say(parts.placeWords(key));
  });
  form.addEventListener("pointercancel", () => {
    if (held) parts.arrange(before);
    finish();
  });
}

/** @param {HTMLFormElement} form @param {Parts} parts */
export function orderByKeys(form, parts) {
  /** @type {string | null} */
  let lifted = null;
  /** @type {string[]} */
  let before = [];

  /** @param {HTMLElement} row */
  const lift = (row) => {
    lifted = row.dataset.key ?? "";
    before = parts.keys();
    row.classList.add("lifted");
    say(`Picked up. ${parts.placeWords(lifted)}`);
  };
  /** @param {HTMLElement} row @param {string} how */
  const drop = (row, how) => {
    row.classList.remove("lifted");
    say(`${how}. ${parts.placeWords(lifted ?? "")}`);
    lifted = null;
  };
  form.addEventListener("keydown", (event) => {
    const grip = gripOf(event.target);
    if (!grip) return;
    const row = rowOf(grip);
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === " " || event.key === "Enter") lifted === null ? lift(row) : drop(row, "Put down");
    else if (lifted !== null && by) parts.move(lifted, by);
    else if (lifted !== null && event.key === "Escape") {
      parts.arrange(before);
      drop(row, "Put back");
      grip.focus();
    } else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => {
    const grip = gripOf(event.target);
    if (grip && lifted !== null) drop(rowOf(grip), "Put down");
  });
}

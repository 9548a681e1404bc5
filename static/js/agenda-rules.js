// @ts-check
/** The rules of a part in the page: adding, removing, moving. Their order is one hidden field, the first counts most. */

import { rename } from "@/agenda-naming.js";
import { say } from "@/lib/announce.js";

/** @param {Element} row */
const nameOf = (row) => row.querySelector("[data-rule-name]")?.textContent ?? "";

/** @param {Element} row @param {string} verb */
const tool = (row, verb) => /** @type {HTMLElement | null} */ (row.querySelector(`[data-rule-tool="${verb}"]`));

export class Rules {
  /** @param {HTMLFormElement} form @param {() => void} changed */
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
  }

  /** Do what a button asks for, such as `rule-3-add-teams`. @param {string} action */
  did(action) {
    const [, part, verb, what] = action.split("-");
    const place = this.form.querySelector(`[data-rules="${part}"]`);
    if (!place || what === undefined) return false;
    if (verb === "add") this.add(place, part ?? "", what);
    else if (verb === "remove") this.remove(place, what);
    else if (verb === "up" || verb === "down") this.move(place, what, verb);
    else return false;
    return true;
  }

  /** @param {Element} place */
  rows(place) {
    return /** @type {HTMLElement[]} */ ([...place.querySelectorAll("[data-rule]")]);
  }

  /** @param {Element} place @param {string} key */
  row(place, key) {
    return this.rows(place).find((row) => row.dataset.rule === key);
  }

  /** @param {Element} place @param {string} part @param {string} kind */
  add(place, part, kind) {
    const blank = document.querySelector(`template[data-blank-rule="${kind}"]`);
    if (!(blank instanceof HTMLTemplateElement)) return;
    const key = String(Math.max(-1, ...this.rows(place).map((row) => Number(row.dataset.rule))) + 1);
    const fragment = /** @type {DocumentFragment} */ (blank.content.cloneNode(true));
    rename(fragment, { NEW: part, RULE: key });
    place.querySelector("ol")?.append(fragment);
    place.querySelector("details")?.removeAttribute("open");
    this.settle(place);
    const row = this.row(place, key);
    const first = row?.querySelector("input:not([type=hidden]), select");
    if (first instanceof HTMLElement) first.focus();
    if (row) say(`Added. ${this.placeWords(place, row)}`);
  }

  /** @param {Element} place @param {string} key */
  remove(place, key) {
    const row = this.row(place, key);
    if (!row) return;
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    this.settle(place);
    const focus = next ? tool(next, "remove") : place.querySelector("summary");
    if (focus instanceof HTMLElement) focus.focus();
    say(`${nameOf(row)} removed. Nothing is saved yet.`);
  }

  /** @param {Element} place @param {string} key @param {string} verb */
  move(place, key, verb) {
    const row = this.row(place, key);
    const other = verb === "up" ? row?.previousElementSibling : row?.nextElementSibling;
    if (!row || !other) return;
    // The one that gives way moves: the one that is held keeps the focus.
    if (verb === "up") row.after(other);
    else row.before(other);
    this.settle(place);
    say(this.placeWords(place, row));
  }

  /** @param {Element} place @param {HTMLElement} row */
  placeWords(place, row) {
    const rows = this.rows(place);
    return `${nameOf(row)}, number ${rows.indexOf(row) + 1} of ${rows.length}`;
  }

  /** @param {Element} place */
  settle(place) {
    const rows = this.rows(place);
    const order = place.querySelector("input[name$='-rules']");
    if (order instanceof HTMLInputElement) order.value = rows.map((row) => row.dataset.rule).join(",");
    const none = place.querySelector("[data-no-rules]");
    if (none instanceof HTMLElement) none.hidden = rows.length > 0;
    const adder = place.querySelector("[data-rule-adder]");
    if (adder instanceof HTMLElement) adder.hidden = rows.length >= Number(adder.dataset.ruleAdder);
    this.changed();
  }
}

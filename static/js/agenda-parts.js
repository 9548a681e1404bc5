// @ts-check
/** The parts of a programme in the page: which is open, adding, removing, moving. The order is one hidden field. */

import { rename } from "@/agenda-naming.js";
import { showButtons } from "@/agenda-steppers.js";
import { say } from "@/lib/announce.js";

export class Parts {
  /** @param {HTMLFormElement} form @param {() => void} changed */
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
    this.list = /** @type {HTMLElement} */ (form.querySelector("[data-parts]"));
    this.fields = /** @type {HTMLElement} */ (form.querySelector("[data-fields]"));
    for (const grip of this.list.querySelectorAll("[data-grip]")) grip.removeAttribute("hidden");
    form.addEventListener("input", (event) => this.retitle(event.target));
  }

  rows() {
    return /** @type {HTMLElement[]} */ ([...this.list.children]);
  }

  keys() {
    return this.rows().map((row) => row.dataset.key ?? "");
  }

  /** @param {string} key */
  row(key) {
    return this.rows().find((row) => row.dataset.key === key);
  }

  /** @param {string} key */
  part(key) {
    const parts = /** @type {HTMLElement[]} */ ([...this.fields.children]);
    return parts.find((part) => part.dataset.key === key);
  }

  /** @param {string} name @param {string} value */
  put(name, value) {
    const field = this.form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }

  /** Do what a button asks for; false if the server has to. @param {string} action */
  did(action) {
    const [verb, what] = [action.split("-")[0], action.slice(action.indexOf("-") + 1)];
    if (verb === "open") this.open(what, true);
    else if (verb === "add") this.add(what);
    else if (verb === "remove") this.remove(what);
    else if (verb === "up") this.move(what, -1);
    else if (verb === "down") this.move(what, 1);
    else return false;
    return true;
  }

  /** @param {string} key @param {boolean} [go] whether the focus goes there */
  open(key, go) {
    for (const row of this.rows()) {
      const chosen = row.dataset.key === key;
      row.classList.toggle("on", chosen);
      if (chosen) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    for (const part of /** @type {Iterable<HTMLElement>} */ (this.fields.children))
      part.hidden = part.dataset.key !== key;
    this.put("open", key);
    this.changed();
    if (!go) return;
    const heading = this.part(key)?.querySelector("h2");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  }

  /** @param {string} kind */
  add(kind) {
    const used = this.keys().map(Number);
    const key = String(Math.max(-1, ...used) + 1);
    const last = this.rows().at(-1);
    const closing = last && this.part(last.dataset.key ?? "")?.dataset.kind === "closing" && kind !== "closing";
    const before = closing ? last : null;
    for (const [name, place, mark] of /** @type {const} */ ([
      ["data-blank-row", this.list, before],
      ["data-blank", this.fields, null],
    ])) {
      const blank = document.querySelector(`template[${name}="${kind}"]`);
      if (!(blank instanceof HTMLTemplateElement)) return;
      const fragment = /** @type {DocumentFragment} */ (blank.content.cloneNode(true));
      rename(fragment, { NEW: key });
      for (const hidden of fragment.querySelectorAll("[data-grip]")) hidden.removeAttribute("hidden");
      showButtons(fragment);
      place.insertBefore(fragment, mark);
    }
    this.form.querySelector("details.adder")?.removeAttribute("open");
    this.settle();
    this.open(key, true);
  }

  /** @param {string} key */
  remove(key) {
    const index = this.keys().indexOf(key);
    const title = this.row(key)?.querySelector("[data-title]")?.textContent ?? "";
    this.row(key)?.remove();
    this.part(key)?.remove();
    this.settle();
    const next = this.keys()[Math.min(index, this.keys().length - 1)];
    if (next !== undefined) this.open(next, true);
    say(`${title} removed. Nothing is saved yet.`);
  }

  /** @param {string} key @param {number} by */
  move(key, by) {
    const row = this.row(key);
    const other = this.rows()[this.keys().indexOf(key) + by];
    if (!row || !other) return;
    // The one that gives way moves: the one that is held keeps the focus.
    if (by < 0) row.after(other);
    else row.before(other);
    this.settle();
    say(this.placeWords(key));
  }

  /** Put the parts into this order. @param {string[]} keys */
  arrange(keys) {
    for (const key of keys) {
      const row = this.row(key);
      if (row) this.list.append(row);
    }
    this.settle();
  }

  /** @param {string} key */
  placeWords(key) {
    const keys = this.keys();
    const title = this.row(key)?.querySelector("[data-title]")?.textContent ?? "";
    return `${title}, position ${keys.indexOf(key) + 1} of ${keys.length}`;
  }

  settle() {
    this.put("order", this.keys().join(","));
    const nothing = this.form.querySelector("[data-nothing]");
    if (nothing instanceof HTMLElement) nothing.hidden = this.keys().length > 0;
    this.changed();
  }

  /** The name of a part is shown in three places. @param {EventTarget | null} field */
  retitle(field) {
    if (!(field instanceof HTMLInputElement) || !field.dataset.partTitle) return;
    const part = field.closest(".part");
    const key = part instanceof HTMLElement ? (part.dataset.key ?? "") : "";
    for (const place of [part, this.row(key)]) {
      const title = place?.querySelector("[data-title]");
      if (title) title.textContent = field.value || "Without a name";
    }
    this.row(key)?.querySelector("[data-grip]")?.setAttribute("aria-label", `Move ${field.value}`);
  }
}

// @ts-check
/** Small helps for plain forms: they all work without this. */

import { guard } from "@/forms-guard.js";
import { say } from "@/lib/announce.js";

const FIRST_WRONG = '[aria-invalid="true"]';

/** Focus goes to the first field that needs a change. */
function focusFirstProblem() {
  const field = document.querySelector(FIRST_WRONG);
  if (field instanceof HTMLElement) field.focus();
}

/** A form that is on its way is not sent twice. @param {SubmitEvent} event */
function sayBusy(event) {
  const { submitter, target } = event;
  if (event.defaultPrevented || !(target instanceof HTMLFormElement)) return;
  if (target.dataset.sent) {
    event.preventDefault();
    return;
  }
  target.dataset.sent = "yes";
  submitter?.setAttribute("aria-busy", "true");
}

/** Back by the browser's history: the form may be sent again. */
function calmDown() {
  for (const form of document.forms) delete form.dataset.sent;
  for (const button of document.querySelectorAll('[aria-busy="true"]')) button.removeAttribute("aria-busy");
}

/** Buttons with data-copy put that text on the clipboard and say so. @param {MouseEvent} event */
async function copy(event) {
  const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
  if (!(button instanceof HTMLElement)) return;
  const words = button.querySelector("[data-copy-words]") ?? button;
  try {
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    words.textContent = "Copied";
    say("Copied");
  } catch {
    say("Your browser keeps the clipboard closed. Select the link and copy it by hand.");
  }
}

/** An open account menu closes by Escape and by a click elsewhere. @param {Event} event */
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.account[open]")) {
    const escaped = event instanceof KeyboardEvent && event.key === "Escape";
    const elsewhere = event.type === "click" && event.target instanceof Node && !menu.contains(event.target);
    if (!escaped && !elsewhere) continue;
    menu.removeAttribute("open");
    if (escaped) menu.querySelector("summary")?.focus();
  }
}

/** A form that nobody has touched suggests the zone of the browser. */
function suggestZone() {
  const select = document.querySelector("select[data-own-zone]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (select instanceof HTMLSelectElement && [...select.options].some((one) => one.value === zone)) select.value = zone;
}

/** The name follows the shape until somebody writes one. @param {Event} event */
function nameAfterShape(event) {
  const chosen = event.target;
  const name = document.getElementById("name");
  if (!(chosen instanceof HTMLInputElement) || !chosen.dataset.name || !(name instanceof HTMLInputElement)) return;
  const names = [...document.querySelectorAll("[data-name]")].map((one) => one.getAttribute("data-name"));
  if (names.includes(name.value)) name.value = chosen.dataset.name;
}

focusFirstProblem();
suggestZone();
for (const form of document.querySelectorAll("form[data-guard]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  const look = guard(form);
  form.addEventListener("input", look);
}
document.addEventListener("change", nameAfterShape);
document.addEventListener("submit", sayBusy);
document.addEventListener("click", copy);
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
window.addEventListener("pageshow", (event) => event.persisted && calmDown());

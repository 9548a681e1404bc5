// @ts-check
/** The programme builder: everything it does is a plain form too; this makes it quicker. */

import { orderByDragging, orderByKeys } from "@/agenda-order.js";
import { Parts } from "@/agenda-parts.js";
import { Preview } from "@/agenda-preview.js";
import { Rules } from "@/agenda-rules.js";
import { wakeSteppers } from "@/agenda-steppers.js";
import { guard } from "@/forms-guard.js";

const form = document.getElementById("programme");

/** @param {HTMLFormElement} form */
function start(form) {
  form.dataset.scripted = "yes";
  const preview = new Preview(form);
  const watch = guard(form);
  const changed = () => {
    watch();
    preview.soon();
  };
  const parts = new Parts(form, changed);
  const rules = new Rules(form, changed);
  orderByDragging(form, parts);
  orderByKeys(form, parts);
  wakeSteppers(form);
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[name=do]") : null;
    if (!(button instanceof HTMLButtonElement)) return;
    const done = button.value.startsWith("rule-") ? rules.did(button.value) : parts.did(button.value);
    if (done) event.preventDefault();
  });
}

if (form instanceof HTMLFormElement) start(form);

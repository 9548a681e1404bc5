// @ts-check
/** Plus and minus beside a number, and the up and down keys in it. */

/** @param {HTMLElement} stepper @param {number} direction */
function step(stepper, direction) {
  const input = stepper.querySelector("input");
  if (!input) return;
  const { step: width, low, high } = stepper.dataset;
  const value = Number.parseFloat(input.value.replace(",", "."));
  const least = Number(low);
  const now = Number.isFinite(value) ? value : least;
  // Below two minutes a whole one is too coarse a step.
  const fine = least < 1 && (now < 2 || (now === 2 && direction < 0)) ? 0.5 : Number(width);
  const next = Math.min(Number(high), Math.max(least, Math.round((now + direction * fine) * 100) / 100));
  input.value = String(next);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Show the buttons, which do nothing without script. @param {ParentNode} place */
export function showButtons(place) {
  for (const button of place.querySelectorAll(".stepper button[hidden]")) button.removeAttribute("hidden");
}

/** @param {HTMLFormElement} form */
export function wakeSteppers(form) {
  showButtons(form);
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(".stepper button") : null;
    const stepper = button?.closest(".stepper");
    if (button instanceof HTMLElement && stepper instanceof HTMLElement) step(stepper, Number(button.dataset.by));
  });
  form.addEventListener("keydown", (event) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const stepper = event.target instanceof HTMLInputElement ? event.target.closest(".stepper") : null;
    if (!direction || !(stepper instanceof HTMLElement)) return;
    event.preventDefault();
    step(stepper, direction);
  });
}

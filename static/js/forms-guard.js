// @ts-check
/** Asks before unsaved changes are lost, and says in the title that there are some. */

/** @param {HTMLFormElement} form */
function stateOf(form) {
  const data = new FormData(form);
  for (const passing of ["people", "open"]) data.delete(passing);
  return new URLSearchParams(/** @type {any} */ (data)).toString();
}

/** @param {HTMLFormElement} form @returns {() => boolean} looks again whether something is unsaved */
export function guard(form) {
  const before = form.dataset.unsaved === undefined ? stateOf(form) : "";
  const title = document.title;
  let sent = false;

  const look = () => {
    const unsaved = stateOf(form) !== before;
    document.title = unsaved ? `• ${title}` : title;
    const saved = document.querySelector("[data-saved]");
    if (unsaved && saved instanceof HTMLElement) saved.hidden = true;
    return unsaved;
  };
  form.addEventListener("submit", (event) => {
    sent = !event.defaultPrevented;
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && look()) event.preventDefault();
  });
  return look;
}

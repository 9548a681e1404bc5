/** Notes about people are saved while one writes; the form's own button does it without this. */

const PAUSE_MS = 700;
/** Writing has paused for so long: time to save. */

/** @param {HTMLFormElement} form */
function keepNotes(form) {
  const area = form.elements.namedItem("note");
  const state = form.querySelector("[data-note-state]");
  if (!(area instanceof HTMLTextAreaElement) || !state) return;
  let timer = 0;
  let turn = 0;

  const save = async () => {
    const mine = ++turn;
    state.textContent = " Saving…";
    const words = await put(form.dataset.note ?? "", area.value);
    if (mine === turn) state.textContent = ` ${words}`;
  };
  area.addEventListener("input", () => {
    clearTimeout(timer);
    state.textContent = "";
    timer = setTimeout(save, PAUSE_MS);
  });
}

/** @param {string} address @param {string} note @returns {Promise<string>} what to say about it */
async function put(address, note) {
  try {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(address, { method: "PUT", headers, body: JSON.stringify({ note }) });
    if (answer.ok) return "Saved.";
    const { error } = await answer.json();
    return error;
  } catch {
    return "Not saved yet: the line is down. Use the button below when it is back.";
  }
}

for (const form of document.querySelectorAll("form[data-note]")) {
  if (form instanceof HTMLFormElement) keepNotes(form);
}

// @ts-check
/** A note to oneself about somebody; one that is being written survives the change of rooms in a small tray. */

import { Icon } from "../lib/icon.js";
import { html, observed, signal, useLayoutEffect, useRef } from "../lib/view.js";
import { firstName } from "../lib/words.js";
import { limits } from "../protocol.js";
import { wordAbout, words, writeNote } from "../state/met.js";
import { lastRoom, others, room, scene } from "../state/store.js";

/** About whom a note has the focus right now. */
export const writing = signal(/** @type {{ id: string, name: string } | null} */ (null));

/** @param {{ id: string, name: string, tall?: boolean, autoFocus?: boolean }} props */
export const NoteField = observed(({ id, name, tall = false, autoFocus = false }) => {
  const box = useRef(/** @type {any} */ (null));
  const note = words.value.get(id)?.note ?? "";
  useLayoutEffect(() => {
    if (!autoFocus) return;
    box.current?.focus();
    box.current?.setSelectionRange(note.length, note.length);
  }, []);
  const props = {
    class: `input ${tall ? "sm note-box" : ""}`,
    id: `note-${id}`,
    ref: box,
    value: note,
    maxlength: limits.LONG_TEXT_CHARS,
    placeholder: "It stays on your list",
    onInput: (/** @type {any} */ event) => writeNote(id, event.target.value),
    onFocus: () => {
      writing.value = { id, name };
    },
    // A field that goes with its picture gives no blur: then the tray takes over.
    onBlur: (/** @type {any} */ event) => {
      if (event.target.isConnected && writing.value?.id === id) writing.value = null;
    },
    onKeyDown: (/** @type {any} */ event) => {
      if (event.key === "Escape" || (event.key === "Enter" && !tall)) leaveField(event);
    },
  };
  return tall ? html`<textarea ...${props}></textarea>` : html`<input type="text" ...${props} />`;
});

/** @param {KeyboardEvent} event */
function leaveField(event) {
  event.preventDefault();
  writing.value = null;
  /** @type {HTMLElement} */ (event.target).blur();
}

/** Whether the present picture has a place for a note about this person. @param {string} id */
function hasPlace(id) {
  if (scene.value === "changeover") return others(lastRoom.value).some((one) => one.card.id === id);
  return scene.value === "pair" && others(room.value).some((one) => one.card.id === id);
}

export const NoteTray = observed(() => {
  const about = writing.value;
  if (!about || hasPlace(about.id)) return null;
  const done = () => {
    writing.value = null;
  };
  return html`<section class="tray card lift stack g2" aria-labelledby="tray-title">
    <div class="row spread nowrap"><h2 id="tray-title">Your note about ${firstName(about.name)}</h2>
      <button type="button" class="btn bare icon small" aria-label="Close the note" onClick=${done}><${Icon} name="x" /></button></div>
    <label class="vh" for=${`note-${about.id}`}>Note to yourself</label>
    <${NoteField} id=${about.id} name=${about.name} autoFocus=${true} />
    <p class="xs muted">${wordAbout(about.id).note ? "Saved as you write." : "Only you can read it."} Enter closes it.</p>
  </section>`;
});

// @ts-check
/** Staying in touch: a quiet yes, and a note to oneself. */

import { Icon } from "../lib/icon.js";
import { useKey } from "../lib/keys.js";
import { html, observed } from "../lib/view.js";
import { firstName } from "../lib/words.js";
import { answer, wordAbout } from "../state/met.js";
import { Key } from "./controls.js";
import { NoteField } from "./note.js";

/** @param {string} id */
const toggle = (id) => answer(id, wordAbout(id).answer === "yes" ? null : "yes");

export const StayCard = observed((/** @type {{ card: import("../protocol.js").Card }} */ { card }) => {
  useKey("y", () => toggle(card.id));
  const mutual = wordAbout(card.id).mutual;
  return html`<section class="card stack g3 stay-card" aria-labelledby="stay-title" data-answer=${wordAbout(card.id).answer ?? ""}>
    <div class="stay"><div><h2 id="stay-title">Stay in touch?</h2>
      <p class="xs muted">${mutual ? "You both said yes." : "Private, until you both say yes."}</p></div>
      <${YesButton} id=${card.id} name=${card.name} hotkey="Y" /></div>
    <label class="vh" for=${`note-${card.id}`}>Note to yourself</label>
    <${NoteField} id=${card.id} name=${card.name} tall=${true} />
  </section>`;
});

/** @typedef {{ id: string, name: string, small?: boolean, hotkey?: string }} Props */

export const YesButton = observed((/** @type {Props} */ { id, name, small = false, hotkey = "" }) => {
  const yes = wordAbout(id).answer === "yes";
  const label = yes ? `Yes to ${firstName(name)}` : `Say yes to ${firstName(name)}`;
  return html`<button type="button" class=${`btn ${yes || !small ? "sun" : ""} ${small ? "small tall" : ""}`} aria-pressed=${yes} aria-label=${label}
    aria-keyshortcuts=${hotkey || undefined} onClick=${() => toggle(id)}
    ><${Icon} name=${yes ? "check" : "user-round-plus"} />Yes ${hotkey ? html`<${Key} of=${hotkey} />` : null}</button
  >`;
});

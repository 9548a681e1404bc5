// @ts-check
/** One question about one person: yes or no with nothing chosen before, a note, one kudos. */

import { Icon } from "../lib/icon.js";
import { useKey } from "../lib/keys.js";
import { html, observed } from "../lib/view.js";
import { firstName } from "../lib/words.js";
import { answer, giveKudos, shareable, wordAbout } from "../state/met.js";
import { NoteField } from "./note.js";

export const KUDOS = [
  { code: "great_listener", word: "Great listener", icon: "ear", hue: "h3" },
  { code: "made_me_laugh", word: "Made me laugh", icon: "laugh", hue: "h8" },
  { code: "taught_me", word: "Taught me something", icon: "lightbulb", hue: "h1" },
  { code: "made_me_welcome", word: "Made me welcome", icon: "door-open", hue: "h5" },
];

/** @typedef {{ card: import("../protocol.js").Card, children: any }} Props */

export const AskOne = observed((/** @type {Props} */ { card, children }) => {
  const name = firstName(card.name);
  useKey("y", () => answer(card.id, "yes"));
  useKey("n", () => answer(card.id, "no"));
  return html`<form class="ask card lift" aria-labelledby="ask-title" data-about=${card.id} data-answer=${wordAbout(card.id).answer ?? ""} onSubmit=${stay}>
    <div class="row nowrap spread"><div><h1 id="ask-title" data-heading>Stay in touch with ${name}?</h1>
      <p class="sm muted">${name} sees your answer only if you both say yes.</p></div>${children}</div>
    <${YesNo} card=${card} />
    <div class="field"><label for=${`note-${card.id}`}>Note to yourself</label><${NoteField} id=${card.id} name=${card.name} /></div>
    <${Kudos} card=${card} />
    <p class="xs muted">No rush. You can finish this after the event.</p>
  </form>`;
});

/** @param {Event} event */
const stay = (event) => event.preventDefault();

/** What a yes gives away, in words. */
function sharing() {
  return shareable.value.length > 0 ? `share my ${shareable.value.join(", ")}` : "we find each other on the list";
}

const YesNo = observed((/** @type {{ card: import("../protocol.js").Card }} */ { card }) => {
  const said = wordAbout(card.id).answer;
  return html`<div class="yn" role="radiogroup" aria-label=${`Stay in touch with ${firstName(card.name)}?`}>
    <label><input type="radio" name="yn" aria-keyshortcuts="Y" checked=${said === "yes"} onChange=${() => answer(card.id, "yes")} />Yes, please<small>${sharing()}</small></label>
    <label><input type="radio" name="yn" aria-keyshortcuts="N" checked=${said === "no"} onChange=${() => answer(card.id, "no")} />Not this time<small>no hard feelings</small></label>
  </div>`;
});

const Kudos = observed((/** @type {{ card: import("../protocol.js").Card }} */ { card }) => {
  return html`<fieldset class="kud"><legend class="label">Leave ${firstName(card.name)} a kudos <span class="hint">optional, seen only if you both say yes</span></legend>
    <div class="picks">${KUDOS.map((one, at) => html`<${Kudo} key=${one.code} one=${one} number=${at + 1} about=${card.id} />`)}</div></fieldset>`;
});

/** @typedef {{ one: typeof KUDOS[number], number: number, about: string }} KudoProps */

const Kudo = observed((/** @type {KudoProps} */ { one, number, about }) => {
  const give = () => giveKudos(about, one.code);
  useKey(String(number), give);
  return html`<label class=${`pick ${one.hue}`}><input type="checkbox" aria-keyshortcuts=${String(number)} checked=${wordAbout(about).kudos === one.code} onChange=${give} />
    <${Icon} name=${one.icon} />${one.word}</label>`;
});

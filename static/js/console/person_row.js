// @ts-check
/** One person of a room: who, how they are doing, and the handle that moves them. */

import { Icon } from "@/lib/icon.js";
import { html } from "@/lib/view.js";
import { source } from "./drag.js";
import { Health, Rondel, Since } from "./pieces.js";
import { sheet } from "./store.js";
import { shortName } from "./words.js";

/** @typedef {import("./board.js").BoardPerson} BoardPerson */

/** Bars beside a name only where there is something to see; the head of the card has the rest. */
const THIN = 1;

/** @param {{ person: BoardPerson, where?: string }} props */
export function Handle({ person, where = "to another room" }) {
  const open = () => {
    sheet.value = { kind: "move", attendee: person.id };
  };
  return html`<button type="button" class="mv" data-handle=${person.id} aria-label=${`Move ${person.name} ${where}`}
    aria-haspopup="dialog" onClick=${open}><${Icon} name="grip-vertical" /></button>`;
}

/** @param {{ person: BoardPerson }} props */
function Light({ person }) {
  if (person.presence === "reconnecting" && person.goneSince !== null) {
    return html`<span class="gone"><${Icon} name="loader" label="Reconnecting for" /><${Since} at=${person.goneSince} /></span>`;
  }
  if (person.presence === "coming") return html`<${Icon} name="hourglass" label="On the way" cls="mini" />`;
  const thin = person.health !== null && person.health <= THIN;
  return html`${!person.microphone && html`<${Icon} name="mic-off" label="Microphone off" cls="mini" />`}
  ${!person.camera && html`<${Icon} name="video-off" label="Camera off" cls="mini" />`}
  ${thin && html`<${Health} health=${person.health} />`}`;
}

/** @param {{ person: BoardPerson, movable: boolean }} props */
export function PersonRow({ person, movable }) {
  const cls = person.presence === "here" ? "pp" : "pp dim";
  return html`<li class=${cls} ...${source(person.id, movable)}>
    <${Rondel} person=${person} />
    <span class="truncate" title=${person.name}>${shortName(person.name)}</span>
    <span class="lights"><${Light} person=${person} />${movable && html`<${Handle} person=${person} />`}</span>
  </li>`;
}

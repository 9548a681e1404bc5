// @ts-check
/** “Remove Priya from this event?”: asked once, with a way to keep them out, and undone from the toast. */

import { html, observed, useState } from "@/lib/view.js";
import { Refusal, Wish } from "./pieces.js";
import { putAway, SheetFrame } from "./sheet.js";
import { board } from "./store.js";
import { remove } from "./wishes.js";
import { firstName } from "./words.js";

export const RemoveSheet = observed((/** @type {{ attendee: string }} */ { attendee }) => {
  const [ban, setBan] = useState(false);
  const person = board.value.people.get(attendee);
  if (!person) return null;
  const place = `remove:${attendee}`;
  const go = async () => {
    if (await remove(attendee, ban)) putAway();
  };
  const onChange = (/** @type {Event} */ event) =>
    setBan(/** @type {HTMLInputElement} */ (event.currentTarget).checked);
  return html`<${SheetFrame} title=${`Remove ${firstName(person.name)} from this event?`}>
    <p class="sm">${person.name} leaves the room at once and gets a short note.</p>
    <label class="check"><input type="checkbox" checked=${ban} onChange=${onChange} /><span>Do not let them join again with another link</span></label>
    <${Refusal} place=${place} />
    <div class="row g2">
      <${Wish} place=${place} cls="bad" onClick=${go}>Remove<//>
      <button type="button" class="btn" autofocus onClick=${putAway}>Keep</button>
    </div>
  <//>`;
});

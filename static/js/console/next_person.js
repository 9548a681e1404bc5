// @ts-check
/** “Ada in the next round”: change places with somebody, sit out, never with somebody again. */

import { Icon } from "@/lib/icon.js";
import { html, observed, useState } from "@/lib/view.js";
import { keptApart } from "./next_board.js";
import { matesOf, namesOf, swapChoices } from "./next_moves.js";
import { exclude, keepTwoApart, SHEET, swapPlaces } from "./next_wishes.js";
import { Refusal, Wish } from "./pieces.js";
import { putAway, SheetFrame } from "./sheet.js";
import { board } from "./store.js";
import { capital, firstName } from "./words.js";

/** @typedef {import("./next_moves.js").Choice} Choice */

/** Choices shown at once; the search narrows them. */
const CHOICES = 8;

/** The handle is drawn anew in another room; whoever came by keys goes on from there. @param {string} attendee */
function backTo(attendee) {
  putAway();
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    /** @type {HTMLElement|null} */
    const handle = document.querySelector(`[data-next="${CSS.escape(attendee)}"]`) ?? document.getElementById("ahead");
    handle?.focus();
  }, 50);
}

/** @param {{ attendee: string, choice: Choice }} props */
function SwapChoice({ attendee, choice }) {
  const { person, verdict } = choice;
  const go = async () => (await swapPlaces(attendee, person.id)) && backTo(attendee);
  if (!verdict.legal) {
    return html`<li class="choice-no"><b>${person.name}</b><span class="xs muted"><${Icon} name="ban" />${verdict.sentence}</span></li>`;
  }
  return html`<li><button type="button" class="btn wide choice" data-swap=${person.id} onClick=${go}>
    <b>${person.name}</b><span class="xs muted">${verdict.sentence}</span>
  </button></li>`;
}

const Swap = observed((/** @type {{ attendee: string }} */ { attendee }) => {
  const [query, setQuery] = useState("");
  const choices = swapChoices(board.value, attendee, query, CHOICES);
  const onInput = (/** @type {Event} */ event) => setQuery(/** @type {HTMLInputElement} */ (event.currentTarget).value);
  return html`<div class="stack g2">
    <div class="field">
      <label for="swap-find">Change places with</label>
      <input class="input" id="swap-find" type="search" autocomplete="off" autofocus placeholder="Name or team" value=${query} onInput=${onInput} />
    </div>
    <ul class="choices" role="list">
      ${choices.map((choice) => html`<${SwapChoice} key=${choice.person.id} attendee=${attendee} choice=${choice} />`)}
    </ul>
    <p class="hint" role="status">${choices.length === 0 ? "Nobody of that name has another place." : ""}</p>
  </div>`;
});

/** @param {{ attendee: string, mates: string[] }} props */
function Never({ attendee, mates }) {
  const open = mates.filter((other) => !keptApart(board.value, attendee, other));
  if (open.length === 0) return null;
  return html`<div class="stack g2">
    <h3 class="eyebrow">Never again with</h3>
    <div class="row g2">
      ${open.map((other) => {
        const go = async () => (await keepTwoApart(SHEET, attendee, other, true)) && backTo(attendee);
        return html`<${Wish} key=${other} place=${SHEET} cls="small" icon="unlink" onClick=${go}>${board.value.people.get(other)?.name}<//>`;
      })}
    </div>
  </div>`;
}

export const NextPersonSheet = observed((/** @type {{ attendee: string }} */ { attendee }) => {
  const current = board.value;
  const person = current.people.get(attendee);
  if (!person) return null;
  const mates = matesOf(current, attendee);
  const out = async () => (await exclude(SHEET, attendee, true)) && backTo(attendee);
  const facts = [person.team, mates.length > 0 ? `with ${namesOf(current, mates)}` : "sits out"];
  return html`<${SheetFrame} title=${`${firstName(person.name)} in the next round`}>
    <p class="sm muted">${capital(facts.filter(Boolean).join(", "))}</p>
    <${Refusal} place=${SHEET} />
    <${Swap} attendee=${attendee} />
    <${Never} attendee=${attendee} mates=${mates} />
    <${Wish} place=${SHEET} cls="small" icon="coffee" onClick=${out}>Sit out the next round<//>
  <//>`;
});

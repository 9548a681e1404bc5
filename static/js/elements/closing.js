// @ts-check
/** The end of the evening: everybody you met, what you said about them, and the way to your list. */

import { clock } from "../connection/clock.js";
import { Icon } from "../lib/icon.js";
import { page } from "../lib/page.js";
import { html, observed, useEffect } from "../lib/view.js";
import { firstName, until } from "../lib/words.js";
import { answer, loadMet, met, wordAbout } from "../state/met.js";
import { event, second } from "../state/store.js";
import { Rondel, Team } from "./rondel.js";

export const Closing = observed(() => {
  useEffect(() => void loadMet(), []);
  const part = event.value?.agenda[event.value.segment];
  const rows = met.value ?? [];
  const mutual = rows.filter((row) => row.mutual).length;
  return html`<section class="closing stack g5 wrap" aria-labelledby="closing-title">
    <div class="stack g2 ta-c">
      <h1 id="closing-title" data-heading>${rows.length === 0 ? (part?.title ?? "Wrap-up") : `You met ${rows.length} ${rows.length === 1 ? "person" : "people"}`}</h1>
      <p class="muted">${summary(rows.length, mutual)}</p>
      <${Left} />
    </div>
    <ul class="met" role="list">${rows.map((row) => html`<${Row} key=${row.id} row=${row} />`)}</ul>
    <p class="ta-c"><a class="btn sun lg" href=${page.urls.connections}>Open your list</a></p>
  </section>`;
});

/** @param {number} all @param {number} mutual */
function summary(all, mutual) {
  if (all === 0) return "Nobody this time. The next event is another evening.";
  if (mutual === 0) return "No “both said yes” so far. You can still answer; so can they.";
  return mutual === 1 ? "One of you both said yes." : `${mutual} times you both said yes.`;
}

const Left = observed(() => {
  const left = second.value ? clock.remaining(event.value?.clock) : null;
  return left === null
    ? null
    : html`<p class="sm muted">The event ends in ${until(left)}. Your list stays open afterwards.</p>`;
});

/** @param {{ row: any }} props */
const Row = observed(({ row }) => {
  const word = wordAbout(row.id);
  const yes = word.answer === "yes";
  const name = firstName(row.name);
  return html`<li class="card person" data-about=${row.id} data-answer=${word.answer ?? ""}>
    <${Rondel} ...${row} />
    <div><b>${row.name}</b><span class="sub">${[row.pronouns, row.place].filter(Boolean).join(", ")}</span> <${Team} team=${row.team} /></div>
    ${
      row.mutual || word.mutual
        ? html`<span class="tag good"><${Icon} name="user-round-check" />Both said yes</span>`
        : html`<button type="button" class="btn" aria-pressed=${yes} aria-label=${yes ? `Yes to ${name}` : `Say yes to ${name}`}
          onClick=${() => answer(row.id, yes ? null : "yes")}><${Icon} name=${yes ? "check" : "user-round-plus"} />${yes ? "Yes" : "Say yes"}</button>`
    }
  </li>`;
});

// @ts-check
/** People without a room and why; before and between rounds those who have just arrived. */

import { Icon } from "@/lib/icon.js";
import { html, observed } from "@/lib/view.js";
import { source } from "./drag.js";
import { Handle } from "./person_row.js";
import { Refusal, Rondel, Since, Wish } from "./pieces.js";
import { board, now } from "./store.js";
import { justArrived, pairable, reasonWords, withoutRoom } from "./waiting.js";
import { pairUp } from "./wishes.js";
import { capital } from "./words.js";

/** @typedef {import("./board.js").BoardPerson} BoardPerson */

/** More rows than this are a crowd; the people panel has all. */
const ROWS = 20;

/** @param {{ person: BoardPerson, sub: string, movable: boolean }} props */
function Row({ person, sub, movable }) {
  const lost = person.presence === "reconnecting";
  const facts = [person.team, lost ? "reconnecting" : sub].filter(Boolean).join(", ");
  return html`<li class="person pick-up" ...${source(person.id, movable && !lost)}>
    <${Rondel} person=${person} size="s" />
    <div><b>${person.name}</b><span class="sub">${capital(facts)}</span></div>
    ${movable && !lost && html`<${Handle} person=${person} where="to a room" />`}
    ${lost && person.goneSince !== null && html`<span class="tag warn"><${Icon} name="loader" /><${Since} at=${person.goneSince} /></span>`}
  </li>`;
}

const WithoutRoom = observed(() => {
  const people = withoutRoom(board.value);
  const many = pairable(board.value).length > 1;
  return html`<div class="row spread">
      <h2 id="waiting" class="md">Without a room</h2>
      ${many && html`<${Wish} place="waiting" cls="small bare" onClick=${pairUp}>Pair them up<//>`}
    </div>
    <${Refusal} place="waiting" />
    <ul class="list" role="list">
      ${people.slice(0, ROWS).map((person) => html`<${Row} key=${person.id} person=${person} sub=${reasonWords(person)} movable=${true} />`)}
    </ul>
    ${people.length > ROWS && html`<p class="xs muted">and ${people.length - ROWS} more</p>`}`;
});

const Arrived = observed(() => {
  const people = justArrived(board.value, now.value);
  return html`<h2 id="waiting" class="md">Just arrived</h2>
    <ul class="list" role="list">
      ${people.map(
        (person) =>
          html`<${Row} key=${person.id} person=${person} sub=${person.ready ? "ready" : "not ready yet"} movable=${false} />`,
      )}
    </ul>`;
});

export const WaitingPanel = observed(() => {
  const lacking = withoutRoom(board.value).length > 0;
  if (!lacking && justArrived(board.value, now.value).length === 0) return null;
  return html`<section class="stack g3 card pad" aria-labelledby="waiting">
    ${lacking ? html`<${WithoutRoom} />` : html`<${Arrived} />`}
  </section>`;
});

// @ts-check
/** After a table: whom would you like to meet again? */

import { html, observed } from "../lib/view.js";
import { event, next } from "../state/store.js";
import { Rondel } from "./rondel.js";
import { YesButton } from "./stay.js";

/** @typedef {{ people: import("../protocol.js").RoomPerson[], children: any }} Props */

export const AskMany = observed((/** @type {Props} */ { people, children }) => {
  return html`<div class="asked-many">
    <div class="top">${children}<div><h1 data-heading>Who would you like to meet again?</h1><p class="muted">Private. Nobody learns about a no.</p></div></div>
    <ul class="trio" role="list">${people.map(
      ({ card }) => html`<li key=${card.id} data-about=${card.id}>
      <div class="tile"><span class="instead"><${Rondel} ...${card} size="xl" /></span></div>
      <div><b>${card.name}</b><p class="xs muted">${[card.team, card.place].filter(Boolean).join(", ")}</p></div>
      <${YesButton} id=${card.id} name=${card.name} small=${true} />
    </li>`,
    )}</ul>
    <${After} />
  </div>`;
});

const After = observed(() => {
  const view = event.value;
  const people = next.value?.people ?? [];
  if (!view) return null;
  const title = view.round < view.rounds ? `round ${view.round + 1}` : view.agenda[view.segment + 1]?.title;
  const names = people.map((card) => card.name).join(", ");
  return html`<div class="next-strip card sink">
    ${people.map((card) => html`<${Rondel} key=${card.id} ...${card} size="s" />`)}
    <span class="sm">Next: <b>${title}</b>${names ? ` with ${names}` : ""}</span>
  </div>`;
});

// @ts-check
/** Three or four people round a table that is the clock; the order is the same on everybody's page. */

import { page } from "../lib/page.js";
import { html, observed } from "../lib/view.js";
import { firstName, listed } from "../lib/words.js";
import { others, room } from "../state/store.js";
import { chatOpen } from "./opened.js";
import { TablePanel } from "./panel.js";
import { RoomChat } from "./room-chat.js";
import { TableClock } from "./room-clock.js";
import { OwnTile, PartnerTile } from "./tile.js";

export const Table = observed(() => {
  const view = room.value;
  if (!view) return null;
  const seats = view.people.filter((person) => person.presence !== "left" || person.card.id === page.me.id);
  const names = others(view).map((person) => firstName(person.card.name));
  return html`<section class="floor" aria-labelledby="table-title">
      <h1 class="vh" id="table-title" data-heading>Table ${view.number}: ${listed([...names, "you"])}</h1>
      <ul class="round-table" role="list" data-seats=${seats.length}>
        ${seats.map(
          (person) => html`<li class="gt" key=${person.card.id}>
          ${person.card.id === page.me.id ? html`<${OwnTile} />` : html`<${PartnerTile} person=${person} />`}
        </li>`,
        )}
        <li class="mid"><${TableClock} /></li>
      </ul>
    </section>
    ${chatOpen.value ? html`<${RoomChat} />` : html`<${TablePanel} view=${view} />`}`;
});

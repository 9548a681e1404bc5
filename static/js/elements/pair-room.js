// @ts-check
/** Two people: the partner fills the square, the own circle sits on its edge. */

import { html, observed } from "../lib/view.js";
import { others, room } from "../state/store.js";
import { chatOpen } from "./opened.js";
import { PartnerPanel } from "./panel.js";
import { RoomChat } from "./room-chat.js";
import { ClockButton, RoomRing } from "./room-clock.js";
import { OwnTile, PartnerTile } from "./tile.js";

export const PairRoom = observed(() => {
  const view = room.value;
  const partner = others(view)[0];
  if (!view) return null;
  return html`<section class="floor" aria-label="Your conversation">
      <${ClockButton} />
      <div class="duo">
        ${partner ? html`<${PartnerTile} key=${partner.card.id} person=${partner} long=${true}><${RoomRing} /><//>` : html`<${Alone} />`}
        <div class="you"><${OwnTile} /></div>
      </div>
    </section>
    ${chatOpen.value ? html`<${RoomChat} />` : html`<${PartnerPanel} view=${view} partner=${partner} />`}`;
});

function Alone() {
  return html`<div class="tile them frozen"><span class="instead">Looking for another seat for you</span><${RoomRing} /></div>`;
}

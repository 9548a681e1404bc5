// @ts-check
/** Four numbers: who is here, rooms, mutual yes, and who needs a host. */

import { html, observed } from "@/lib/view.js";
import { roomsOpen } from "./counts.js";
import { board, needed } from "./store.js";

/** @param {{ number: number, words: string }} props */
const Stat = ({ number, words }) => html`<div class="card stat"><b>${number}</b><span>${words}</span></div>`;

export const Stats = observed((/** @type {{ registered: number }} */ { registered }) => {
  const current = board.value;
  const rooms = roomsOpen(current);
  const waiting = needed.value.length;
  return html`<div class="strip">
    <${Stat} number=${current.present} words=${`here, of ${Math.max(registered, current.people.size)}`} />
    <${Stat} number=${rooms} words=${rooms === 1 ? "room open" : "rooms open"} />
    <${Stat} number=${current.connectionsMade} words="mutual yes so far" />
    <${Stat} number=${waiting} words=${waiting === 1 ? "needs you" : "need you"} />
  </div>`;
});

// @ts-check
/** What comes next with its times, whether we are behind, who else hosts, and the link for guests. */

import { Icon } from "@/lib/icon.js";
import { html, observed } from "@/lib/view.js";
import { comingUp, delayWords } from "./programme.js";
import { board } from "./store.js";
import { tell } from "./wishes.js";
import { listed, timeOfDay } from "./words.js";

/** @typedef {import("./programme.js").Coming} Coming */

/** @param {{ row: Coming }} props */
const Row = ({ row }) => html`<li class="row spread nowrap">
  <span>${row.words}</span>
  ${row.at !== null && html`<time class="muted" datetime=${new Date(row.at).toISOString()}>${timeOfDay(row.at)}</time>`}
</li>`;

export const ComingUp = observed(() => {
  const { event } = board.value;
  const rows = event ? comingUp(event) : [];
  if (!event || rows.length === 0) return null;
  const delay = delayWords(event);
  return html`<div class="stack g2">
    <h3 class="eyebrow">Coming up</h3>
    <ol class="stack g1 sm" role="list">${rows.map((row) => html`<${Row} key=${row.key} row=${row} />`)}</ol>
    ${delay && html`<p class="xs muted">${delay}</p>`}
  </div>`;
});

/** Several hosts see the same; each knows of the others. */
export const Hosts = observed(() => {
  const names = [...new Set(board.value.organisers)];
  if (names.length < 2) return null;
  return html`<p class="xs muted row g2 nowrap"><${Icon} name="users-round" /><span>Hosting now: ${listed(names)}</span></p>`;
});

/** @param {string} address */
async function copy(address) {
  try {
    await navigator.clipboard.writeText(address);
    tell("The join link is copied.");
  } catch {
    tell(`Copy it by hand: ${address}`);
  }
}

/** @param {{ address: string }} props */
export const JoinLink = ({ address }) => html`<button type="button" class="btn small" onClick=${() => copy(address)}>
  <${Icon} name="link" />Copy join link
</button>`;

// @ts-check
/** Whom you meet next and why you two, with a quiet way to pass. */

import { Icon } from "../lib/icon.js";
import { page } from "../lib/page.js";
import { html, observed } from "../lib/view.js";
import { shared, whyTogether } from "../lib/words.js";
import { command } from "../protocol.js";
import { give } from "../state/line.js";
import { next } from "../state/store.js";
import { Rondel, Team } from "./rondel.js";

export const NextCard = observed(() => {
  const view = next.value;
  if (!view || view.people.length === 0) return null;
  return html`<section class="nextcard" aria-labelledby="next-title" data-next=${view.people.map((card) => card.id).join(" ")}>
    <p class="eyebrow" id="next-title">You meet next</p>
    ${view.people.length === 1 ? html`<${One} card=${view.people[0]} />` : html`<${Several} cards=${view.people} />`}
    <${Why} reasons=${view.reasons} />
    <button type="button" class="btn bare small" onClick=${() => give(command.passMatch())}>Not now</button>
  </section>`;
});

/** @param {{ card: import("../protocol.js").Card }} props */
export function One({ card }) {
  const sub = [card.said, card.pronouns].filter(Boolean).join(", ");
  return html`<${Rondel} ...${card} size="l" />
    <h2>${card.name}</h2>
    ${sub ? html`<p class="muted sm">${sub}</p>` : null}
    <div class="row g2 centred"><${Team} team=${card.team} />${card.place ? html`<span class="muted sm">${card.place}</span>` : null}</div>`;
}

/** @param {{ cards: readonly import("../protocol.js").Card[] }} props */
export function Several({ cards }) {
  return html`<span class="rondels">${cards.map((card) => html`<${Rondel} ...${card} />`)}</span>
    <h2>${cards.map((card) => card.name).join(", ")}</h2>`;
}

/** @param {{ reasons: readonly import("../protocol.js").Reason[] }} props */
export function Why({ reasons }) {
  const common = shared(reasons, [page.me.id]);
  const because = whyTogether(reasons, page.me.id);
  if (common.length + because.length === 0) return null;
  return html`<div class="row g2 centred opt">
    ${common.map((one) => html`<span class="tag both">${one}</span>`)}
    ${because.map((one) => html`<span class="tag"><${Icon} name="sparkles" />${one}</span>`)}
  </div>`;
}

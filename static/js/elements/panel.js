// @ts-check
/** Beside the picture: who this is, what you share, a way in, and whether to stay in touch. */

import { page } from "../lib/page.js";
import { html, observed } from "../lib/view.js";
import { firstName, shared, whereabouts, whyTogether } from "../lib/words.js";
import { others, second } from "../state/store.js";
import { PromptCard } from "./prompt.js";
import { Rondel, Team } from "./rondel.js";
import { StayCard, YesButton } from "./stay.js";

/** @typedef {import("../protocol.js").RoomView} RoomView */
/** @typedef {import("../protocol.js").RoomPerson} RoomPerson */

/** @param {{ view: RoomView, partner: RoomPerson | undefined }} props */
export function PartnerPanel({ view, partner }) {
  if (!partner)
    return html`<aside class="panel" aria-label="About this conversation"><h1 data-heading>One moment</h1></aside>`;
  const { card } = partner;
  const common = shared(
    view.reasons,
    view.people.map((one) => one.card.id),
  );
  return html`<aside class="panel" aria-label="About this conversation">
    <section class="who stack g3" aria-labelledby="who-title">
      <div><h1 id="who-title" data-heading>${card.name}</h1><${Where} card=${card} /></div>
      <div class="row g2"><${Team} team=${card.team} />${card.headline ? html`<span class="tag">${card.headline}</span>` : null}
        ${card.textFirst ? html`<span class="tag info">Prefers writing</span>` : null}
        ${whyTogether(view.reasons, page.me.id).map((one) => html`<span class="tag">${one}</span>`)}</div>
    </section>
    ${common.length > 0 ? html`<${Both} common=${common} title="You both enjoy" />` : null}
    ${card.askMe ? html`<section class="stack g2" aria-labelledby="ask-title"><h2 id="ask-title" class="eyebrow">Ask ${firstName(card.name)} about</h2><p>${card.askMe}</p></section>` : null}
    <${PromptCard} view=${view} partner=${firstName(card.name)} />
    <${StayCard} key=${card.id} card=${card} />
  </aside>`;
}

const Where = observed((/** @type {{ card: import("../protocol.js").Card }} */ { card }) => {
  const here = second.value ? whereabouts(card, second.value) : "";
  const line = [card.said, here].filter(Boolean).join(", ");
  return line ? html`<p class="muted sm">${line}</p>` : null;
});

/** @param {{ common: string[], title: string }} props */
function Both({ common, title }) {
  return html`<section class="both" aria-labelledby="both-title"><h2 id="both-title" class="eyebrow">${title}</h2>
    <div class="row g2">${common.map((one) => html`<span class="tag both" key=${one}>${one}</span>`)}</div></section>`;
}

/** @param {{ view: RoomView }} props */
export function TablePanel({ view }) {
  const common = shared(
    view.reasons,
    view.people.map((one) => one.card.id),
  );
  return html`<aside class="panel" aria-label="About this table">
    <${PromptCard} view=${view} partner="Everybody" />
    ${common.length > 0 ? html`<${Both} common=${common} title="You all enjoy" />` : null}
    <section aria-labelledby="here-title" class="stack g2"><h2 id="here-title" class="eyebrow">At this table</h2>
      <ol class="order">${others(view).map((person) => html`<${Seat} key=${person.card.id} person=${person} common=${shared(view.reasons, [page.me.id, person.card.id])} />`)}</ol>
    </section>
  </aside>`;
}

/** @param {{ person: RoomPerson, common: string[] }} props */
function Seat({ person, common }) {
  const { card } = person;
  return html`<li>
    <${Rondel} ...${card} size="s" />
    <div><b>${card.name}</b> <span class="xs muted">${[card.said, card.place].filter(Boolean).join(", ")}</span>
      <div class="row g2"><${Team} team=${card.team} />${common.map((one) => html`<span class="tag both" key=${one}>${one}</span>`)}</div>
      ${card.askMe ? html`<p class="xs muted">Ask about ${card.askMe}</p>` : null}</div>
    <${YesButton} id=${card.id} name=${card.name} small=${true} />
  </li>`;
}

// @ts-check
/** Between two rounds: stay in touch? And who comes next. */

import { clock } from "../connection/clock.js";
import { html, observed } from "../lib/view.js";
import { firstName } from "../lib/words.js";
import { event, lastRoom, next, others, second } from "../state/store.js";
import { AskMany } from "./ask-many.js";
import { AskOne } from "./ask-one.js";
import { One, Several, Why } from "./next-card.js";
import { Ring } from "./ring.js";
import { Rondel } from "./rondel.js";
import { Without } from "./without.js";

export const Changeover = observed(() => {
  const people = others(lastRoom.value);
  if (people.length > 1) return html`<${AskMany} people=${people}><${Countdown} /><//>`;
  const person = people[0];
  if (!person) return html`<div class="empty"><h1 data-heading>One moment</h1></div>`;
  return html`<span class="orbit" aria-hidden="true"></span>
    <section class="aside prev" aria-label="Just left"><div class="tile"><span class="instead"><${Rondel} ...${person.card} size="xl" cls="dim" /></span></div>
      <p class="muted">Bye, ${firstName(person.card.name)}</p></section>
    <${AskOne} card=${person.card}><${Countdown} /><//>
    <${Coming} />`;
});

/** Said aloud once by the narrator; the number is not read every second. */
const Countdown = observed(() => {
  const view = event.value?.clock;
  const left = second.value ? clock.remaining(view) : null;
  if (left === null) return html`<span></span>`;
  const seconds = Math.ceil(left / 1000);
  return html`<div class="cd dial" role="timer" aria-live="off" aria-label="Seconds until the next part"
    ><${Ring} leftMs=${left} lengthMs=${view?.lengthMs ?? 1} width=${12} radius=${90} /><span class="big">${seconds}</span></div
  >`;
});

const Coming = observed(() => {
  const view = next.value;
  const now = event.value;
  if (!now) return null;
  if (!view || view.people.length === 0)
    return html`<section class="aside coming" aria-label="Next">${view?.sitsOut ? html`<${Without} />` : html`<${Later} />`}</section>`;
  return html`<section class="aside coming" aria-labelledby="coming-title" data-next=${view.people.map((card) => card.id).join(" ")}>
    <p class="eyebrow" id="coming-title">Next, round ${Math.min(now.round + 1, now.rounds)}</p>
    ${view.people.length === 1 ? html`<${One} card=${view.people[0]} />` : html`<${Several} cards=${view.people} />`}
    <${Why} reasons=${view.reasons} />
  </section>`;
});

/** Nobody yet: the next round is being made, or another part of the programme follows. */
const Later = observed(() => {
  const view = event.value;
  if (!view) return null;
  const more = view.round < view.rounds;
  const part = view.agenda[view.segment + 1];
  return html`<p class="eyebrow">Next</p><h2>${more ? `Round ${view.round + 1}` : (part?.title ?? "The end")}</h2>
    <p class="muted sm">${more ? "We are finding your next partner." : ""}</p>`;
});

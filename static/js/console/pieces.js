// @ts-check
/** Small things that several panels show: a rondel, health bars, a refusal in its place. */

import { Icon } from "@/lib/icon.js";
import { rondel } from "@/lib/rondel.js";
import { html, observed } from "@/lib/view.js";
import { busy, now, refusedAt } from "./store.js";
import { span } from "./words.js";

/** @typedef {import("./board.js").BoardPerson} BoardPerson */

const HEALTH = ["Nothing gets through", "Weak connection", "Fair connection", "Good connection"];

/** @param {{ person: { id: string, name: string, team: string }, size?: string }} props */
export function Rondel({ person, size = "xs" }) {
  const drawn = rondel(person);
  return html`<span class=${`rondel ${drawn.hue} ${size}`} aria-hidden="true">
    <svg viewBox="0 0 100 100"><path d=${drawn.outer} /><path opacity=".45" d=${drawn.inner} /></svg>${drawn.initials}
  </span>`;
}

/** @param {{ health: number|null, whose?: string }} props */
export function Health({ health, whose = "" }) {
  if (health === null) return null;
  const words = whose ? `${whose}: ${HEALTH[health].toLowerCase()}` : HEALTH[health];
  return html`<span class="health" data-q=${health} role="img" aria-label=${words}><i></i><i></i><i></i></span>`;
}

/** @param {number|null} health */
export const healthWords = (health) => (health === null ? "Connection not known yet" : HEALTH[health]);

/** Seconds since somebody went; draws itself anew with the clock, and nothing around it. */
export const Since = observed((/** @type {{ at: number }} */ { at }) => html`${span(now.value - at)}`);

/** The sentence of a refusal, where the wish was made. */
export const Refusal = observed((/** @type {{ place: string, id?: string }} */ { place, id }) => {
  const sentence = refusedAt.value.get(place);
  return sentence ? html`<p class="err" id=${id}><${Icon} name="circle-alert" /><span>${sentence}</span></p>` : null;
});

/**
 * A button whose wish is on the road says so; other properties go to the button.
 * @type {(props: any) => any}
 */
export const Wish = observed(({ place, cls = "", icon, children, ...rest }) => {
  const waiting = busy.value.has(place);
  return html`<button type="button" class=${`btn ${cls}`} aria-busy=${waiting ? "true" : undefined} ...${rest}>
    ${icon && !waiting && html`<${Icon} name=${icon} />`}${children}
  </button>`;
});

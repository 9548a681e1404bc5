// @ts-check
/** Pictures for when there is little to show: waiting for the first word, the end, another tab, a door that is shut. */

import { Icon } from "../lib/icon.js";
import { page } from "../lib/page.js";
import { html, observed, useEffect } from "../lib/view.js";
import { loadMet, met } from "../state/met.js";
import { event, line } from "../state/store.js";

export const Wait = observed(() => {
  const lost = line.value.state === "waiting";
  return html`<div class="empty" role="status">
    <${Art} />
    <h1>${lost ? "Finding you again" : "Opening the door"}</h1>
    <p>${lost ? "We could not reach the server yet. We try again by ourselves." : "One moment."}</p>
  </div>`;
});

/** A ring on its way. */
export function Art() {
  return html`<svg class="art" viewBox="0 0 120 120" aria-hidden="true">
    <circle class="art-track" cx="60" cy="60" r="46" /><circle class="art-arc" cx="60" cy="60" r="46" pathLength="100" stroke-dasharray="22 78" />
  </svg>`;
}

function DoneArt() {
  return html`<svg class="art" viewBox="0 0 120 120" aria-hidden="true">
    <circle class="art-whole" cx="60" cy="60" r="46" /><circle class="art-bead" cx="60" cy="14" r="8" /><path class="art-tick" d="M42 61l13 13 25-27" />
  </svg>`;
}

export const Ended = observed(() => {
  useEffect(() => void loadMet(), []);
  const count = met.value?.length;
  const many = count === 1 ? "You met one person." : count ? `You met ${count} people.` : "";
  return html`<div class="empty">
    <${DoneArt} />
    <h1 data-heading>${event.value?.name ?? page.name} is over</h1>
    <p>${many} Your list is ready, and stays where it is.</p>
    <div class="row centred"><a class="btn sun" href=${page.urls.connections}>See who you met</a></div>
  </div>`;
});

/** @type {Record<string, { title: string, icon: string, button: string }>} */
const AWAY = {
  SUPERSEDED: { title: "You are here in another tab", icon: "copy", button: "Use this one instead" },
  REMOVED: { title: "A host has closed this event for you", icon: "door-closed", button: "" },
  GOODBYE: { title: "You left", icon: "log-out", button: "Come back in" },
  NOT_ADMITTED: { title: "This link does not open the door", icon: "key-round", button: "Try again" },
  MALFORMED: { title: "This page is out of date", icon: "refresh-cw", button: "Load it again" },
};

/** @type {Record<string, string>} */
const WAY_OUT = {
  SUPERSEDED: "Your seat is kept there.",
  REMOVED: "Write to the hosts if you think it is a mistake. Your list of people stays yours.",
};

export const Away = observed(() => {
  const { meaning, sentence } = line.value;
  const words = AWAY[meaning] ?? { title: sentence, icon: "info", button: "Try again" };
  return html`<div class="empty" data-away=${meaning}>
    <span class="sign"><${Icon} name=${words.icon} /></span>
    <h1 data-heading>${words.title}</h1>
    <p>${WAY_OUT[meaning] ?? sentence}</p>
    <div class="row centred">
      ${words.button ? html`<button type="button" class="btn pine" onClick=${() => location.reload()}>${words.button}</button>` : null}
      <a class="btn" href=${page.urls.connections}>See who you met</a>
    </div>
  </div>`;
});

// @ts-check
/** The bar above: where we are, how far, how the connection is. */

import { Icon } from "../lib/icon.js";
import { page } from "../lib/page.js";
import { html, observed } from "../lib/view.js";
import { SHORT_WORDS, WORDS } from "../media/quality.js";
import { adjusting, event, line, room, scene, sending } from "../state/store.js";
import { Health } from "./controls.js";
import { HelpButton } from "./help.js";

export const Top = observed(() => {
  const name = scene.value;
  const Right = RIGHT[name] ?? Nothing;
  return html`<a class="mark" href=${page.urls.landing}>
      <svg viewBox="0 0 32 32" aria-hidden="true"
        ><path class="arc" d="M23.5 6.2A12.5 12.5 0 1 0 28.2 18.6" /><circle class="bead" cx="27.3" cy="11" r="4"
      /></svg>Rondo</a>
    <span class="hide muted sm org">${page.name}</span><span class="grow"></span>
    <${Right} />
    ${name === "check" || name === "away" || name === "ended" ? null : html`<${Pill} />`}`;
});

const Nothing = () => null;

const RoomRight = observed(() => {
  const view = event.value;
  if (!view) return null;
  const part = view.agenda[view.segment];
  // A trio among pairs is still one of the rounds.
  const table = (part?.size ?? 2) > 2 && view.rounds === 1;
  return html`<span class="sm nowrap-t"
      >${
        table
          ? html`<b>Table ${room.value?.number}</b> <span class="hide muted">${part?.title}</span>`
          : html`<b>Round ${view.round}</b> <span class="muted">of ${view.rounds}</span>`
      }</span>
    <span class="hide"><${Rounds} now=${view.round} all=${view.rounds} /></span>
    <${HelpButton} cls="icon narrow-only" />`;
});

/** @param {{ now: number, all: number }} props */
function Rounds({ now, all }) {
  const marks = Array.from({ length: all }, (_, at) => (at + 1 < now ? "done" : at + 1 === now ? "now" : ""));
  return html`<span class="rounds" role="img" aria-label=${`Round ${now} of ${all}`}>${marks.map((cls) => html`<i class=${cls}></i>`)}</span>`;
}

const TurnRight = observed(() => {
  const view = event.value;
  if (!view) return null;
  const toGo = view.rounds - view.round;
  const rest = toGo > 0 ? `${toGo} to go` : "that was the last one";
  return html`<span class="sm"><b>Round ${view.round} is over</b> <span class="muted">${rest}</span></span>`;
});

const LobbyRight = observed(() => {
  const open = () => {
    adjusting.value = true;
  };
  return html`<button type="button" class="btn bare" aria-label="Camera and profile" onClick=${open}
    ><${Icon} name="settings-2" /><span class="hide">Camera and profile</span></button
  >`;
});

const CheckRight = observed(() => {
  const view = event.value;
  const text = view ? view.agenda[view.segment]?.title : "";
  return text ? html`<span class="tag"><${Icon} name="clock" />${text}</span>` : null;
});

/** @type {Record<string, any>} */
const RIGHT = {
  pair: RoomRight,
  group: RoomRight,
  changeover: TurnRight,
  lobby: LobbyRight,
  closing: LobbyRight,
  check: CheckRight,
};

/** The connection in words: first the line to us, then the roads to the others. */
const Pill = observed(() => {
  const { state } = line.value;
  if (state !== "open")
    return html`<span class="tag warn" data-pill="reconnecting"><${Icon} name="loader" />Finding you again</span>`;
  const { health, step } = sending.value;
  const tone = ["bad", "bad", "warn", "good"][health];
  const slow = step > 0 ? "A bit slow, video is smaller" : SHORT_WORDS[health];
  return html`<span class=${`tag ${tone}`} data-pill=${health}
    ><${Health} quality=${health} words=${WORDS[health]} /><span class="hide">${slow}</span></span
  >`;
});

// @ts-check
/** People and teams as drawings; decoration, the name always stands beside them. */

import { hue, rondel } from "../lib/rondel.js";
import { html } from "../lib/view.js";

/** @param {{ id: string, name: string, team?: string, size?: string, cls?: string }} props */
export function Rondel({ id, name, team = "", size = "", cls = "" }) {
  const drawn = rondel({ id, name, team });
  return html`<span class=${`rondel ${drawn.hue} ${size} ${cls}`} aria-hidden="true"
    ><svg viewBox="0 0 100 100"><path d=${drawn.outer} /><path opacity=".45" d=${drawn.inner} /></svg>${drawn.initials}</span
  >`;
}

/** Eight shapes, one a hue, so that colour is never alone. */
const SHAPES = [
  "M6 0a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z",
  "M1 1h10v10h-10Z",
  "M6 .5l6 11h-12Z",
  "M3 0h6v3h3v6h-3v3h-6v-3h-3v-6h3Z",
  "M6 0l6 6-6 6-6-6Z",
  "M3 .8h6l3 5.2-3 5.2h-6l-3-5.2Z",
  "M6 12l-6-11h12Z",
  "M6 0l1.8 4.2 4.2 1.8-4.2 1.8-1.8 4.2-1.8-4.2-4.2-1.8 4.2-1.8Z",
];

/** @param {{ team: string }} props */
export function Team({ team }) {
  if (!team) return null;
  const number = hue(team);
  return html`<span class=${`team h${number}`}
    ><svg viewBox="0 0 12 12" aria-hidden="true"><path d=${SHAPES[number - 1]} /></svg>${team}</span
  >`;
}

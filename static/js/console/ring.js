// @ts-check
/** The clock as a ring that empties; numbers as plain SVG attributes, a step each second. */

import { html } from "@/lib/view.js";

const CENTRE = 100;
const RADIUS = 94;
const MINUTE = 60_000;
/** More cuts than this are noise. */
const MOST_CUTS = 15;
/** In the last seconds the stroke grows once. */
const LAST_MS = 30_000;

/** @param {{ lengthMs: number }} props */
function Cuts({ lengthMs }) {
  const minutes = lengthMs / MINUTE;
  if (minutes < 2 || minutes > MOST_CUTS) return null;
  const step = 200 / minutes;
  return html`<circle
    class="cuts" cx="100" cy="100" r="94" stroke-width="8" pathLength="200"
    stroke-dasharray=${`.6 ${step - 0.6}`} transform="rotate(-90.4 100 100)"
  />`;
}

/** @param {{ leftMs: number|null, lengthMs: number }} props */
export function Ring({ leftMs, lengthMs }) {
  const share = leftMs === null || lengthMs <= 0 ? 0 : Math.min(1, leftMs / lengthMs);
  const turned = (1 - share) * 360 - 90;
  const angle = (turned * Math.PI) / 180;
  const at = { cx: CENTRE + RADIUS * Math.cos(angle), cy: CENTRE + RADIUS * Math.sin(angle) };
  const stroke = leftMs !== null && leftMs <= LAST_MS ? 10 : 7;
  return html`<svg class="ring" viewBox="0 0 200 200" aria-hidden="true">
    <circle class="track" cx="100" cy="100" r="94" stroke-width="7" />
    ${
      leftMs !== null &&
      html`<circle
        class="left" stroke-linecap="butt" cx="100" cy="100" r="94" stroke-width=${stroke} pathLength="100"
        stroke-dasharray=${`${share * 100} 100`} transform=${`rotate(${turned} 100 100)`}
      />
      <${Cuts} lengthMs=${lengthMs} />
      <circle class="bead-edge" cx=${at.cx} cy=${at.cy} r="7.35" />
      <circle class="bead" cx=${at.cx} cy=${at.cy} r="6.65" stroke-width="0" />`
    }
  </svg>`;
}

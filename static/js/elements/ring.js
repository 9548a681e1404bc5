// @ts-check
/** The clock as a ring that empties, with a bead that walks home. Numbers in, attributes out; no animation of its own. */

import { html } from "../lib/view.js";

const FULL = 360;
const WRAP_UP_MS = 30_000;

/**
 * @param {object} props
 * @param {number} props.leftMs
 * @param {number} props.lengthMs
 * @param {number} [props.width] of the stroke, in a box of 200
 * @param {number} [props.radius]
 * @param {boolean} [props.cuts] one for each minute
 */
export function Ring({ leftMs, lengthMs, width = 4.5, radius = 96, cuts = false }) {
  const left = lengthMs > 0 ? Math.min(1, Math.max(0, leftMs / lengthMs)) : 0;
  const stroke = cuts && leftMs <= WRAP_UP_MS && lengthMs > 2 * WRAP_UP_MS ? width + 2.5 : width;
  const hand = (1 - left) * FULL - 90;
  const bead = place(hand, radius);
  const circle = { cx: 100, cy: 100, r: radius, "stroke-width": stroke };
  return html`<svg class="ring" viewBox="0 0 200 200" aria-hidden="true">
    <circle class="track" ...${circle} />
    <circle class="left" ...${circle} stroke-linecap="butt" pathLength="100"
      stroke-dasharray=${`${(left * 100).toFixed(2)} 100`} transform=${`rotate(${hand.toFixed(2)} 100 100)`} />
    ${cuts && html`<${Cuts} ...${circle} width=${stroke} minutes=${lengthMs / 60_000} />`}
    <circle class="bead-edge" cx=${bead.x} cy=${bead.y} r=${stroke * 0.95 + 0.7} />
    <circle class="bead" cx=${bead.x} cy=${bead.y} r=${stroke * 0.95} stroke-width="0" />
  </svg>`;
}

/** @param {number} degrees @param {number} radius */
function place(degrees, radius) {
  const angle = (degrees * Math.PI) / 180;
  return { x: (100 + radius * Math.cos(angle)).toFixed(2), y: (100 + radius * Math.sin(angle)).toFixed(2) };
}

/** @param {{ width: number, minutes: number, cx: number, cy: number, r: number }} props */
function Cuts({ width, minutes, cx, cy, r }) {
  if (minutes < 2) return null;
  const gap = 0.6;
  return html`<circle class="cuts" cx=${cx} cy=${cy} r=${r} stroke-width=${width + 1} pathLength="200"
    stroke-dasharray=${`${gap} ${(200 / minutes - gap).toFixed(3)}`} transform="rotate(-90.4 100 100)" />`;
}

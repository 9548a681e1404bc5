// @ts-check
/** One icon of the sprite, always beside a word or with a name of its own. */

import { html } from "./view.js";

/** @param {string} name */
export const iconAddress = (name) => `${document.documentElement.dataset.sprite}#i-${name}`;

/** @param {{ name: string, label?: string, cls?: string }} props */
export function Icon({ name, label, cls = "" }) {
  const use = html`<use href=${iconAddress(name)} />`;
  if (label) return html`<svg class=${`i ${cls}`} role="img" aria-label=${label}>${use}</svg>`;
  return html`<svg class=${`i ${cls}`} aria-hidden="true">${use}</svg>`;
}

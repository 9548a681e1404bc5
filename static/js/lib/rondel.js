// @ts-check
/** A person's drawing where there is no picture: the same arcs everywhere. Twin of `server/rondels.py`. */

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
const CENTRE = 50;

/** FNV-1a, 32 bit, of the UTF-8 bytes. @param {string} text @returns {number} */
export function fnv1a(text) {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, PRIME);
  return hash >>> 0;
}

/** @typedef {{ start: number, length: number, radius: number }} Arc in degrees clockwise from the top */

/** @param {string} id @returns {{ outer: [Arc, Arc], inner: Arc }} */
export function arcs(id) {
  const h = fnv1a(id);
  const first = { start: h % 360, length: 40 + ((h >>> 9) % 70), radius: 46 };
  const gap = 30 + ((h >>> 16) % 40);
  const second = { start: first.start + first.length + gap, length: 30 + ((h >>> 20) % 60), radius: 46 };
  return { outer: [first, second], inner: { start: (h >>> 4) % 360, length: 60 + ((h >>> 12) % 90), radius: 36 } };
}

/** An arc as SVG path data in a box of 100. @param {Arc} arc */
export function arcPath({ start, length, radius }) {
  const [x1, y1] = point(start, radius);
  const [x2, y2] = point(start + length, radius);
  return `M${x1} ${y1}A${radius} ${radius} 0 ${length > 180 ? 1 : 0} 1 ${x2} ${y2}`;
}

/** @param {number} degrees @param {number} radius */
function point(degrees, radius) {
  const angle = ((degrees - 90) * Math.PI) / 180;
  return [CENTRE + radius * Math.cos(angle), CENTRE + radius * Math.sin(angle)].map((n) => n.toFixed(1));
}

/** Hue and shape of a team, 1 to 8; of the person where there is no team. @param {string} text */
export const hue = (text) => 1 + (fnv1a(text) % 8);

/** First letters of the first and last word. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const ends = words.length > 1 ? [words[0] ?? "", words[words.length - 1] ?? ""] : words;
  return ends.map((word) => ([...word][0] ?? "").toUpperCase()).join("");
}

/** All that is drawn. @param {{ id: string, name: string, team?: string }} person */
export function rondel({ id, name, team = "" }) {
  const { outer, inner } = arcs(id);
  return {
    outer: outer.map(arcPath).join(""),
    inner: arcPath(inner),
    hue: `h${hue(team || id)}`,
    initials: initials(name),
  };
}

// @ts-check
/** The ring of seats: a drawing of who is here. The People tab is the list. */

import { page } from "../lib/page.js";
import { html } from "../lib/view.js";
import { Rondel } from "./rondel.js";

/** As many as fit the ring with faces one can tell apart. */
const MOST = 30;
const SHOWN_OF_MANY = 28;
const FEWEST = 12;

/** @param {{ rows: Map<string, import("../protocol.js").RosterRow>, present: number, children: any }} props */
export function Seats({ rows, present, children }) {
  const people = [...rows.values()].filter((row) => row.presence !== "left");
  const shown = people.length > MOST ? people.slice(-SHOWN_OF_MANY) : people;
  const more = present - shown.length;
  const vacant = Math.max(0, Math.min(FEWEST, MOST) - shown.length - (more > 0 ? 1 : 0));
  const count = shown.length + vacant + (more > 0 ? 1 : 0);
  return html`<div class="seats" style=${{ "--n": count }}>
    ${shown.map(
      (row, at) => html`<span class="seat" key=${row.id} style=${{ "--k": at }} title=${title(row)} aria-hidden="true"
      ><${Rondel} ...${row} cls=${cls(row)}
    /></span>`,
    )}
    ${Array.from(
      { length: vacant },
      (_, at) => html`<span class="seat" key=${`vacant-${at}`} style=${{ "--k": shown.length + at }} aria-hidden="true"
      ><span class="rondel vacant"></span></span>`,
    )}
    ${more > 0 ? html`<span class="seat" key="more" style=${{ "--k": count - 1 }} aria-hidden="true"><span class="rondel vacant">+${more}</span></span>` : null}
    ${children}
  </div>`;
}

/** @param {import("../protocol.js").RosterRow} row */
const title = (row) => [row.name, row.team].filter(Boolean).join(", ");

/** @param {import("../protocol.js").RosterRow} row */
function cls(row) {
  if (row.id === page.me.id) return "mine";
  return row.presence === "reconnecting" || !row.ready ? "dim" : "";
}

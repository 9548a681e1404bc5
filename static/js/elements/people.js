// @ts-check
/** Everybody in the lobby as a list. */

import { page } from "../lib/page.js";
import { html } from "../lib/view.js";
import { Rondel, Team } from "./rondel.js";

/** @param {{ rows: Map<string, import("../protocol.js").RosterRow>, present: number }} props */
export function People({ rows, present }) {
  const people = [...rows.values()].filter((row) => row.presence !== "left").reverse();
  const more = present - people.length;
  return html`<ul class="stack g3 people" role="list">
    ${people.map(
      (row) => html`<li class="person" key=${row.id}>
      <${Rondel} ...${row} size="s" />
      <div><b>${row.name}${row.id === page.me.id ? " (you)" : ""}</b><span class="sub">${[row.pronouns, row.headline].filter(Boolean).join(", ")}</span><${Team} team=${row.team} /></div>
      <span class="xs muted">${doing(row)}</span>
    </li>`,
    )}
    ${more > 0 ? html`<li class="muted sm">and ${more} more</li>` : null}
  </ul>`;
}

/** @param {import("../protocol.js").RosterRow} row */
function doing(row) {
  if (row.presence === "reconnecting") return "reconnecting";
  if (row.talking) return "talking";
  return row.ready ? "ready" : "resting";
}

// @ts-check
/** "Next up": the parts of the agenda with times that move as the evening does. */

import { html, observed } from "../lib/view.js";
import { clockTime } from "../lib/words.js";
import { describe } from "../state/scene.js";
import { event } from "../state/store.js";

export const Programme = observed(() => {
  const view = event.value;
  if (!view) return null;
  const hint = view.agenda[view.segment]?.hint;
  return html`<section aria-labelledby="next-up"><h2 id="next-up" class="eyebrow">Next up</h2>
      <ol class="next">
        ${view.agenda.slice(view.segment).map(
          (part, at) => html`<li key=${view.segment + at} aria-current=${at === 0 ? "step" : undefined}>
          <time>${when(view, part, at)}</time><div><b>${title(view, part, at)}</b><p class="muted">${describe(part)}</p></div>
        </li>`,
        )}
      </ol></section>
    ${hint ? html`<section class="card sunny stack g2"><h2>A thing to try</h2><p class="sm">${hint}</p></section>` : null}`;
});

/** @param {import("../protocol.js").EventView} view @param {import("../protocol.js").SegmentView} part @param {number} at */
function when(view, part, at) {
  if (at === 0 && view.phase !== "draft") return "now";
  return part.startsAt === null ? "then" : clockTime(part.startsAt);
}

/** @param {import("../protocol.js").EventView} view @param {import("../protocol.js").SegmentView} part @param {number} at */
function title(view, part, at) {
  if (at === 0 && part.kind === "rounds" && view.round > 0)
    return `${part.title}, round ${view.round} of ${view.rounds}`;
  return part.title;
}

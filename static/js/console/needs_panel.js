// @ts-check
/** Needs you: reports, calls for help, people alone, weak lines; each with what can be done about it. */

import { Icon } from "@/lib/icon.js";
import { html, observed } from "@/lib/view.js";
import { bestRooms, canMoveNow } from "./moves.js";
import { Refusal, Rondel, Wish } from "./pieces.js";
import { board, needed, sheet, wait } from "./store.js";
import { answerHelp, closeReport, move, write } from "./wishes.js";

/** @typedef {import("./needs.js").Need} Need */

/** @param {{ need: Need, words?: string }} props */
function Reply({ need, words = "Reply" }) {
  const { room } = need;
  if (!room) return null;
  return html`<button type="button" class="btn small" onClick=${() => write(room.id)}><${Icon} name="message-circle" />${words}</button>`;
}

/** @param {{ need: Need }} props */
function Move({ need }) {
  const { person } = need;
  if (!person || !canMoveNow(board.value)) return null;
  const open = () => {
    sheet.value = { kind: "move", attendee: person.id };
  };
  return html`<button type="button" class="btn small" aria-haspopup="dialog" onClick=${open}><${Icon} name="arrow-left-right" />Move</button>`;
}

/** @param {{ need: Need }} props */
const Wait = ({ need }) => html`<button type="button" class="btn small" onClick=${() => wait(need.key)}>Wait</button>`;

/** @param {{ need: Need }} props */
function Bring({ need }) {
  const { person } = need;
  const [best] = person ? bestRooms(board.value, person.id, 1) : [];
  if (!person || !best) return null;
  return html`<${Wish} place=${need.key} cls="small" onClick=${() => move(need.key, person.id, best.room.id)}>Bring to room ${best.room.number}<//>`;
}

/** @param {{ need: Need }} props */
function RemoveThem({ need }) {
  const { person } = need;
  if (!person || person.removed) return null;
  const open = () => {
    sheet.value = { kind: "remove", attendee: person.id };
  };
  return html`<button type="button" class="btn small" aria-haspopup="dialog" onClick=${open}>Remove</button>`;
}

/** @type {Record<Need["kind"], (need: Need) => any>} */
const ACTIONS = {
  report: (
    need,
  ) => html`<${Reply} need=${need} words="Write to the room" /><${Move} need=${need} /><${RemoveThem} need=${need} />
    <${Wish} place=${need.key} cls="small" icon="check" onClick=${() => need.report && closeReport(need.key, need.report.id)}>Done<//>`,
  help: (need) => html`<${Reply} need=${need} /><${Move} need=${need} />
    <${Wish} place=${need.key} cls="small" icon="check" onClick=${() => need.person && answerHelp(need.key, need.person.id)}>Done<//>`,
  alone: (need) => html`<${Bring} need=${need} /><${Move} need=${need} /><${Wait} need=${need} />`,
  weak: (need) => html`<${Reply} need=${need} words="Write to the room" /><${Wait} need=${need} />`,
};

const MILD = new Set(["alone", "weak"]);

/** @param {{ need: Need }} props */
const Item = ({ need }) => html`<li class=${MILD.has(need.kind) ? "w" : ""} tabindex="-1" data-need>
  <div class="person">
    ${need.person ? html`<${Rondel} person=${need.person} size="s" />` : html`<${Icon} name="flag" cls="lg" />`}
    <div><b>${need.title}</b><span class="sub">${need.sub}</span></div>
  </div>
  ${need.text && html`<p>“${need.text}”</p>`}
  <div class="row g2">${ACTIONS[need.kind](need)}</div>
  <${Refusal} place=${need.key} />
</li>`;

export const NeedsPanel = observed(() => {
  const list = needed.value;
  return html`<section class="stack g3" aria-labelledby="needs">
    <h2 id="needs" class="lg" tabindex="-1">Needs you</h2>
    ${
      list.length === 0
        ? html`<p class="card sink sm muted pad">Nobody needs you right now.</p>`
        : html`<ul class="need" role="list">${list.map((need) => html`<${Item} key=${need.key} need=${need} />`)}</ul>`
    }
  </section>`;
});

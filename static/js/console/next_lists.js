// @ts-check
/** Beside the rooms of the next round: who sits out and why, what was given up, and who is kept apart. */

import { Icon } from "@/lib/icon.js";
import { html, observed } from "@/lib/view.js";
import { namesOf } from "./next_moves.js";
import { PlaceHandle } from "./next_room.js";
import { exclude, keepTwoApart, PLACE } from "./next_wishes.js";
import { givenUpWords, outWords } from "./next_words.js";
import { Rondel, Wish } from "./pieces.js";
import { board } from "./store.js";
import { capital, counted } from "./words.js";

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./board.js").BoardPerson} BoardPerson */

/** Lines of one list; more than this are a crowd. */
const LINES = 12;

/** @param {{ count: number }} props */
const More = ({ count }) => (count > LINES ? html`<p class="xs muted">and ${count - LINES} more</p>` : null);

/** @param {{ person: BoardPerson, sub: string, children?: any }} props */
const Row = ({ person, sub, children }) => html`<li class="person">
  <${Rondel} person=${person} size="s" />
  <div><b>${person.name}</b><span class="sub">${capital([person.team, sub].filter(Boolean).join(", "))}</span></div>
  ${children}
</li>`;

/** @param {Board} current @returns {Array<{ person: BoardPerson, sub: string, excluded: boolean }>} */
function idle(current) {
  const rows = [
    ...current.next.excluded.map((who) => ({
      who,
      sub: "by a host’s word",
      excluded: true,
    })),
    ...current.next.sitsOut.flatMap((reason) =>
      reason.members.map((who) => ({
        who,
        sub: outWords(reason),
        excluded: false,
      })),
    ),
  ];
  return rows.flatMap(({ who, sub, excluded }) => {
    const person = current.people.get(who);
    return person ? [{ person, sub, excluded }] : [];
  });
}

export const SitOut = observed(() => {
  const rows = idle(board.value);
  if (rows.length === 0) return null;
  return html`<div class="stack g2">
    <h3 class="eyebrow">Sits out</h3>
    <ul class="list" role="list" data-sits-out>
      ${rows.slice(0, LINES).map(
        ({ person, sub, excluded }) => html`<${Row} key=${person.id} person=${person} sub=${sub}>
          ${
            excluded
              ? html`<${Wish} place=${PLACE} cls="small" onClick=${() => exclude(PLACE, person.id, false)}>
                  Take back<span class="vh">: ${person.name}</span><//>`
              : html`<${PlaceHandle} person=${person} />`
          }
        <//>`,
      )}
    </ul>
    <${More} count=${rows.length} />
  </div>`;
});

export const GivenUpList = observed(() => {
  const lines = board.value.next.givenUp;
  if (lines.length === 0) return null;
  return html`<div class="stack g2">
    <h3 class="eyebrow">Given up, ${counted(lines.length, "time", "times")}</h3>
    <ul class="stack g1 sm" role="list" data-given-up>
      ${lines.slice(0, LINES).map(
        (line) => html`<li key=${`${line.rule} ${line.members.join(" ")}`} class="row g2 nowrap given">
          <${Icon} name="scale" /><span>${givenUpWords(board.value, line)}</span>
        </li>`,
      )}
    </ul>
    <${More} count=${lines.length} />
  </div>`;
});

export const Nevers = observed(() => {
  const pairs = board.value.nevers;
  if (pairs.length === 0) return null;
  return html`<div class="stack g2">
    <h3 class="eyebrow">Kept apart by hosts</h3>
    <ul class="list" role="list" data-nevers>
      ${pairs.slice(0, LINES).map(
        ([one, other]) => html`<li key=${`${one} ${other}`} class="row spread g2">
          <span class="sm">${namesOf(board.value, [one, other])}</span>
          <${Wish} place=${PLACE} cls="small" onClick=${() => keepTwoApart(PLACE, one, other, false)}>
            Let them meet<span class="vh">: ${namesOf(board.value, [one, other])}</span><//>
        </li>`,
      )}
    </ul>
    <${More} count=${pairs.length} />
  </div>`;
});

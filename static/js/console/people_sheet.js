// @ts-check
/** Find a person: everybody of this event with where they are, and what can be done. */

import { html, observed, useState } from "@/lib/view.js";
import { canMoveNow } from "./moves.js";
import { Handle } from "./person_row.js";
import { Refusal, Rondel, Wish } from "./pieces.js";
import { RemoveButton } from "./room_sheet.js";
import { SheetFrame } from "./sheet.js";
import { board, now } from "./store.js";
import { gatheringWords, searched, stateWords } from "./waiting.js";
import { readmit } from "./wishes.js";
import { counted } from "./words.js";

/** @typedef {import("./board.js").BoardPerson} BoardPerson */

/** More rows than this nobody reads; the search narrows them. */
const ROWS = 60;

/** @param {{ person: BoardPerson }} props */
function Actions({ person }) {
  const place = `remove:${person.id}`;
  if (person.removed)
    return html`<${Wish} place=${place} cls="small" onClick=${() => readmit(person.id)}>Let back in<//>`;
  const movable = canMoveNow(board.value) && person.presence === "here";
  return html`<span class="row nowrap g1">
    ${movable && html`<${Handle} person=${person} where=${person.room ? "to another room" : "to a room"} />`}
    <${RemoveButton} person=${person} />
  </span>`;
}

const Row = observed(
  (/** @type {{ person: BoardPerson }} */ { person }) => html`<li class="person">
    <${Rondel} person=${person} size="s" />
    <div>
      <b>${person.name}</b>
      <span class="sub">${[person.team, stateWords(board.value, person, now.value)].filter(Boolean).join(", ")}</span>
      <${Refusal} place=${`remove:${person.id}`} />
    </div>
    <${Actions} person=${person} />
  </li>`,
);

/** @param {number} found */
function foundWords(found) {
  if (found === 0) return "Nobody of that name.";
  return found > ROWS ? `${found} people, the first ${ROWS} are shown.` : `${counted(found, "person", "people")}.`;
}

export const PeopleSheet = observed(() => {
  const [query, setQuery] = useState("");
  const found = searched(board.value, query);
  const onInput = (/** @type {Event} */ event) => setQuery(/** @type {HTMLInputElement} */ (event.currentTarget).value);
  return html`<${SheetFrame} title="Find a person" cls="tall">
    <div class="field">
      <label for="find">Name or team</label>
      <input class="input" id="find" type="search" autocomplete="off" autofocus value=${query} onInput=${onInput} />
      <p class="hint" role="status">${query ? foundWords(found.length) : gatheringWords(board.value)}</p>
    </div>
    <ul class="list" role="list">
      ${found.slice(0, ROWS).map((person) => html`<${Row} key=${person.id} person=${person} />`)}
    </ul>
  <//>`;
});

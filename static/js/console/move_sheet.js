// @ts-check
/** “Move Yara to…”: a room number, the three best rooms, or a room of their own. */

import { Icon } from "@/lib/icon.js";
import { html, observed, useState } from "@/lib/view.js";
import { bestRooms, namesIn, ownRoomVerdict, roomNumbered, verdict, withoutPointer } from "./moves.js";
import { Refusal, Wish } from "./pieces.js";
import { putAway, SheetFrame } from "./sheet.js";
import { board } from "./store.js";
import { move, setRefusal } from "./wishes.js";
import { firstName } from "./words.js";

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./moves.js").Suggestion} Suggestion */

const PLACE = "move";

/** @param {string} attendee @param {string|null} room */
async function moveAndClose(attendee, room) {
  if (!(await move(PLACE, attendee, room))) return;
  putAway();
  // The handle is drawn anew in the other room; whoever moved by keys goes on from there.
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    const handles = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-handle]"));
    [...handles].find((handle) => handle.dataset.handle === attendee)?.focus();
  }, 50);
}

/**
 * What would happen with this number, in a sentence.
 * @param {Board} current
 * @param {string} attendee
 * @param {string} text
 */
function outlook(current, attendee, text) {
  if (!text) return { room: null, legal: false, sentence: "" };
  const room = roomNumbered(current, Number(text));
  if (!room) return { room: null, legal: false, sentence: `There is no room ${text}.` };
  const answer = verdict(current, attendee, room);
  const names = namesIn(current, room);
  const sentence = answer.legal ? `${withoutPointer(answer)}${names ? ` with ${names}` : ""}.` : `${answer.sentence}.`;
  return { room, legal: answer.legal, sentence };
}

const ByNumber = observed((/** @type {{ attendee: string }} */ { attendee }) => {
  const [text, setText] = useState("");
  const { room, legal, sentence } = outlook(board.value, attendee, text);
  const onInput = (/** @type {Event} */ event) => {
    setRefusal(PLACE, null);
    setText(/** @type {HTMLInputElement} */ (event.currentTarget).value.trim());
  };
  const go = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (room && legal) moveAndClose(attendee, room.id);
    else setRefusal(PLACE, sentence || "Type the number of a room.");
  };
  return html`<form class="field" onSubmit=${go} novalidate>
    <label for="move-number">Room number</label>
    <div class="row nowrap g2">
      <input class="input number" id="move-number" inputmode="numeric" autocomplete="off" autofocus
        value=${text} aria-describedby="move-outlook move-refused" onInput=${onInput} />
      <${Wish} place=${PLACE} cls="pine" type="submit">Move<//>
    </div>
    <p class="hint" id="move-outlook" role="status">${sentence}</p>
    <${Refusal} place=${PLACE} id="move-refused" />
  </form>`;
});

/** @param {{ attendee: string, suggestion: Suggestion }} props */
const Choice = ({ attendee, suggestion }) => html`<li>
  <button type="button" class="btn wide choice" onClick=${() => moveAndClose(attendee, suggestion.room.id)}>
    <b>Room ${suggestion.room.number}</b><span class="muted">${suggestion.names}</span>
    <span class="xs muted">${withoutPointer(suggestion.verdict)}</span>
  </button>
</li>`;

export const MoveSheet = observed((/** @type {{ attendee: string }} */ { attendee }) => {
  const current = board.value;
  const person = current.people.get(attendee);
  if (!person) return null;
  const suggestions = bestRooms(current, attendee);
  const own = ownRoomVerdict(current, attendee);
  return html`<${SheetFrame} title=${`Move ${firstName(person.name)} to…`}>
    <${ByNumber} attendee=${attendee} />
    <div class="stack g2">
      ${suggestions.length > 0 && html`<h3 class="eyebrow">Rooms that suit</h3>`}
      <ul class="choices" role="list">
        ${suggestions.map((one) => html`<${Choice} key=${one.room.id} attendee=${attendee} suggestion=${one} />`)}
        <li>${
          own.legal
            ? html`<button type="button" class="btn wide choice" onClick=${() => moveAndClose(attendee, null)}>
                <b>A room of their own</b><${Icon} name="door-open" />
              </button>`
            : html`<p class="hint">${own.sentence}.</p>`
        }</li>
      </ul>
    </div>
  <//>`;
});

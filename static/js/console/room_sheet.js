// @ts-check
/** One room in full: its clock, its people with all we know, a minute more, a message. */

import { remaining } from "@/connection/clock.js";
import { Icon } from "@/lib/icon.js";
import { html, observed } from "@/lib/view.js";
import { peopleOf } from "./board.js";
import { canMoveNow } from "./moves.js";
import { Handle } from "./person_row.js";
import { Health, healthWords, Refusal, Rondel, Since, Wish } from "./pieces.js";
import { SheetFrame } from "./sheet.js";
import { board, now, sheet } from "./store.js";
import { giveMinute, write } from "./wishes.js";
import { digits } from "./words.js";

/** @typedef {import("./board.js").BoardPerson} BoardPerson */

/** @param {BoardPerson} person */
function mediaWords(person) {
  const microphone = person.microphone ? "microphone on" : "microphone off";
  const camera = person.camera ? "camera on" : "camera off";
  return `${healthWords(person.health)}, ${microphone}, ${camera}`;
}

/** @param {{ person: BoardPerson }} props */
function State({ person }) {
  if (person.presence === "reconnecting" && person.goneSince !== null) {
    return html`<span class="sub">Reconnecting, <${Since} at=${person.goneSince} /></span>`;
  }
  if (person.presence !== "here")
    return html`<span class="sub">${person.presence === "coming" ? "On the way" : "Left"}</span>`;
  return html`<span class="sub">${mediaWords(person)}</span>`;
}

/** @param {{ person: BoardPerson, movable: boolean }} props */
const Row = ({ person, movable }) => html`<li class="person">
  <${Rondel} person=${person} size="s" />
  <div><b>${person.name}</b><${State} person=${person} /></div>
  <span class="row nowrap g1">
    <${Health} health=${person.health} whose=${person.name} />
    ${movable && html`<${Handle} person=${person} />`}
    <${RemoveButton} person=${person} />
  </span>
</li>`;

/** @param {{ person: BoardPerson }} props */
export function RemoveButton({ person }) {
  const open = () => {
    sheet.value = { kind: "remove", attendee: person.id };
  };
  return html`<button type="button" class="mv" aria-label=${`Remove ${person.name}`} aria-haspopup="dialog" onClick=${open}>
    <${Icon} name="user-round-minus" />
  </button>`;
}

const Left = observed((/** @type {{ id: string }} */ { id }) => {
  const room = board.value.rooms.get(id);
  const leftMs = room && now.value ? remaining(room.clock) : null;
  if (leftMs === null) return null;
  return html`<p class="sm muted"><span class="num">${digits(leftMs)}</span> left${room?.extended ? ", one minute added" : ""}</p>`;
});

export const RoomSheet = observed((/** @type {{ id: string }} */ { id }) => {
  const current = board.value;
  const room = current.rooms.get(id);
  if (!room) return null;
  const people = peopleOf(current, room);
  return html`<${SheetFrame} title=${`Room ${room.number}`}>
    ${room.closed ? html`<p class="sm muted">This room is closed.</p>` : html`<${Left} id=${id} />`}
    <ul class="list" role="list">
      ${people.map((person) => html`<${Row} key=${person.id} person=${person} movable=${canMoveNow(current)} />`)}
    </ul>
    ${
      !room.closed &&
      html`<div class="row g2">
        ${canMoveNow(current) && html`<${Wish} place=${`room:${id}`} icon="timer" onClick=${() => giveMinute(id)}>+1 min<//>`}
        <button type="button" class="btn soft" onClick=${() => write(id)}><${Icon} name="message-circle" />Write to this room</button>
      </div>`
    }
    <${Refusal} place=${`room:${id}`} />
  <//>`;
});

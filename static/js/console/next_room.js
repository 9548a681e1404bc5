// @ts-check
/** One room of the next round: who, why, what it costs, and whether it is pinned. */

import { Icon } from "@/lib/icon.js";
import { html } from "@/lib/view.js";
import { pinRoom, placeOf } from "./next_wishes.js";
import { Refusal, Rondel, Wish } from "./pieces.js";
import { steady } from "./steady.js";
import { sheet } from "./store.js";
import { capital, listed } from "./words.js";

/** @typedef {import("./board.js").BoardPerson} BoardPerson */
/** @typedef {import("../protocol.js").NextRoom} NextRoom */

/** @param {{ person: BoardPerson }} props */
export function PlaceHandle({ person }) {
  const open = () => {
    sheet.value = { kind: "next", attendee: person.id };
  };
  return html`<button type="button" class="mv" data-next=${person.id} aria-haspopup="dialog"
    aria-label=${`Change the place of ${person.name} in the next round`} onClick=${open}><${Icon} name="ellipsis" /></button>`;
}

/** @param {{ person: BoardPerson }} props */
const Row = ({ person }) => html`<li class=${person.presence === "here" ? "pp" : "pp dim"}>
  <${Rondel} person=${person} />
  <span class="who"><span class="truncate" title=${person.name}>${person.name}</span>
    ${person.team && html`<span class="xs muted truncate">${person.team}</span>`}</span>
  <${PlaceHandle} person=${person} />
</li>`;

/** @param {{ room: NextRoom, names: string }} props */
const Pin = ({ room, names }) => html`<${Wish}
  place=${placeOf(room.number)} cls="bare small pin" icon="pin" aria-pressed=${room.pinned ? "true" : "false"}
  aria-label=${`Pin ${names}`} onClick=${() => pinRoom(room.number, room.people, !room.pinned)}
>${room.pinned ? "Pinned" : "Pin"}<//>`;

export const NextRoomCard = steady(
  /** @param {{ room: NextRoom, people: BoardPerson[], again: string[], given: string[], why: string[] }} props */
  ({
    room,
    people,
    again,
    given,
    why,
  }) => html`<li class=${room.pinned ? "rm ahead pinned" : "rm ahead"} data-ahead=${room.number}>
    <div class="row spread nowrap">
      <h3><span class="vh">Room </span>${room.number}<span class="vh">: ${listed(people.map((person) => person.name))}</span></h3>
      <${Pin} room=${room} names=${listed(people.map((person) => person.name))} />
    </div>
    <ul class="pps" role="list">${people.map((person) => html`<${Row} key=${person.id} person=${person} />`)}</ul>
    ${again.map((words) => html`<span key=${words} class="tag warn"><${Icon} name="repeat" />${words}</span>`)}
    ${given.map((words) => html`<span key=${words} class="tag warn"><${Icon} name="scale" />Not kept: ${words}</span>`)}
    ${why.length > 0 && html`<p class="xs muted why">${capital(why.join("; "))}</p>`}
    <${Refusal} place=${placeOf(room.number)} />
  </li>`,
);

// @ts-check
/** All rooms in their places; filters hide and never sort. */

import { Icon } from "@/lib/icon.js";
import { html, observed } from "@/lib/view.js";
import { peopleOf, placed } from "./board.js";
import { target } from "./drag.js";
import { flagsOf, isShown } from "./flags.js";
import { canMoveNow, ownRoomVerdict, verdict } from "./moves.js";
import { Refusal } from "./pieces.js";
import { RoomCard } from "./room_card.js";
import { board, carried, filter, over, sheet } from "./store.js";

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./board.js").Room} Room */
/** @typedef {import("./flags.js").Filter} Filter */

/** From here on the browser need not draw what is out of sight. */
const MANY = 100;
/** @type {Array<[Filter, string]>} */
const FILTERS = [
  ["all", "All"],
  ["look", "Need a look"],
  ["weak", "Weak"],
];

/** @param {Board} current @param {Filter} name */
const countOf = (current, name) =>
  placed(current).filter((room) => !room.closed && isShown(name, flagsOf(room, peopleOf(current, room)))).length;

const Filters = observed(() => {
  const current = board.value;
  return html`<div class="seg" role="group" aria-label="Show rooms">
    ${FILTERS.map(
      ([name, words]) => html`<button
        key=${name} type="button" aria-pressed=${filter.value === name ? "true" : "false"}
        onClick=${() => {
          filter.value = name;
        }}
      >${words} ${countOf(current, name)}</button>`,
    )}
  </div>`;
});

/** The hint; while somebody is carried it is the door to a room of their own. */
const Hint = observed(() => {
  const attendee = carried.value;
  if (!attendee) {
    return html`<p class="xs muted hint-line">
      Drag a person to another room, or press <span class="kbd">Enter</span> on the handle and choose a room number.
    </p>`;
  }
  const { legal, sentence } = ownRoomVerdict(board.value, attendee);
  return html`<p class=${`xs hint-line door ${legal ? "drop" : ""}`} ...${target("own-room", null, legal)}>
    <${Icon} name=${legal ? "door-open" : "ban"} />${sentence}
  </p>`;
});

/** @param {{ current: Board, room: Room, shown: Filter, attendee: string|null, below: string|null }} props */
function Card({ current, room, shown, attendee, below }) {
  const people = peopleOf(current, room);
  const answer = attendee ? verdict(current, attendee, room) : null;
  return html`<${RoomCard}
    room=${room} people=${people} hidden=${!isShown(shown, flagsOf(room, people))} movable=${canMoveNow(current)}
    legal=${answer ? answer.legal : null} sentence=${answer ? answer.sentence : ""}
    over=${Boolean(answer) && below === `room:${room.id}`}
  />`;
}

/** @param {string} [phase] */
function emptyWords(phase) {
  if (phase === "ended") return "The rooms are closed. The report has who met whom.";
  return phase === "talking" ? "No room is open." : "Rooms open when the round begins.";
}

const Cards = observed(() => {
  const current = board.value;
  const rooms = placed(current);
  if (rooms.length === 0) {
    return html`<p class="card sink muted sm">${emptyWords(current.event?.phase)}</p>`;
  }
  return html`<ul class=${rooms.length > MANY ? "rooms many" : "rooms"} role="list">
    ${rooms.map(
      (room) =>
        html`<${Card}
          key=${room.id} current=${current} room=${room} shown=${filter.value} attendee=${carried.value} below=${over.value}
        />`,
    )}
  </ul>`;
});

const Movable = observed(() => (canMoveNow(board.value) ? html`<${Hint} />` : null));

export function RoomGrid() {
  const search = () => {
    sheet.value = { kind: "people" };
  };
  return html`<section aria-labelledby="rooms" class="stack g3">
    <div class="row spread">
      <h2 id="rooms" class="lg">Rooms</h2>
      <div class="row g2">
        <${Filters} />
        <button type="button" class="btn small bare" aria-keyshortcuts="/" onClick=${search}><${Icon} name="user-round-search" />Find a person</button>
      </div>
    </div>
    <${Movable} />
    <${Refusal} place="own-room" />
    <${Cards} />
  </section>`;
}

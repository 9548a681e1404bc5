// @ts-check
/** One room: its people, its connection, its flags; and a place to put somebody down. */

import { Icon } from "@/lib/icon.js";
import { html } from "@/lib/view.js";
import { target } from "./drag.js";
import { flagsOf, healthOf } from "./flags.js";
import { PersonRow } from "./person_row.js";
import { Health, Refusal } from "./pieces.js";
import { steady } from "./steady.js";
import { sheet } from "./store.js";
import { listed } from "./words.js";

/** @typedef {import("./board.js").BoardPerson} BoardPerson */
/** @typedef {import("./board.js").Room} Room */
/** @typedef {import("./flags.js").Flag} Flag */
/** @typedef {import("./moves.js").Verdict} Verdict */

/** @param {{ flag: Flag }} props */
const FlagTag = ({ flag }) => html`<span class=${`tag ${flag.tone}`}><${Icon} name=${flag.icon} />${flag.words}</span>`;

/** @param {{ legal: boolean, sentence: string }} props */
const VerdictTag = ({ legal, sentence }) => html`<span class=${`tag verdict ${legal ? "pine" : ""}`}>
  <${Icon} name=${legal ? "arrow-down-to-line" : "ban"} />${sentence}
</span>`;

/** @param {{ room: Room, people: BoardPerson[], flags: Flag[] }} props */
function Head({ room, people, flags }) {
  const open = () => {
    sheet.value = { kind: "room", room: room.id };
  };
  const names = listed(people.map((person) => person.name));
  return html`<div class="row spread nowrap">
    <h3><button type="button" class="no" aria-haspopup="dialog" data-room=${room.number} onClick=${open}>
      <span class="vh">Room </span>${room.number}<span class="vh">: ${names || "empty"}</span>
    </button></h3>
    <span class="row nowrap g2">
      ${flags.some((flag) => flag.kind === "minute") && html`<span class="plus">+1 min</span>`}
      <${Health} health=${healthOf(people)} />
    </span>
  </div>`;
}

/** @param {{ people: BoardPerson[], closed: boolean }} props */
function Missing({ people, closed }) {
  if (closed)
    return html`<li class="pp faint"><span class="rondel xs vacant" aria-hidden="true"></span><span class="xs">closed</span></li>`;
  if (people.length !== 1) return null;
  return html`<li class="pp faint"><span class="rondel xs vacant" aria-hidden="true"></span><span class="xs">nobody else</span></li>`;
}

/** @param {{ help: boolean, closed: boolean, verdict: Verdict|null, over: boolean }} props */
function classes({ help, closed, verdict, over }) {
  const dropping = verdict ? (verdict.legal ? "drop" : "no-drop") : "";
  return ["rm", help && "alert", closed && "closed", dropping, over && "over"].filter(Boolean).join(" ");
}

export const RoomCard = steady(
  /** @param {{ room: Room, people: BoardPerson[], hidden: boolean, movable: boolean, legal: boolean|null, sentence: string, over: boolean }} props */
  ({ room, people, hidden, movable, legal, sentence, over }) => {
    const flags = flagsOf(room, people);
    const closed = room.closed ?? false;
    const verdict = legal === null ? null : { legal, sentence };
    const place = `room:${room.id}`;
    const cls = classes({ help: flags.some((flag) => flag.kind === "help"), closed, verdict, over });
    return html`<li class=${cls} hidden=${hidden} ...${target(place, room.id, legal === true)}>
      <${Head} room=${room} people=${people} flags=${flags} />
      <ul class="pps" role="list">
        ${people.map((person) => html`<${PersonRow} key=${person.id} person=${person} movable=${movable} />`)}
        <${Missing} people=${people} closed=${closed} />
      </ul>
      ${flags.filter((flag) => flag.kind !== "minute").map((flag) => html`<${FlagTag} key=${flag.kind} flag=${flag} />`)}
      ${verdict && html`<${VerdictTag} ...${verdict} />`}
      <${Refusal} place=${place} />
    </li>`;
  },
);

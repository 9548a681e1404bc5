// @ts-check
/** The console as a whole: clock on the left, rooms in the middle, who needs a host on the right. */

import { Icon } from "@/lib/icon.js";
import { html, observed } from "@/lib/view.js";
import { Activity } from "./activity.js";
import { ClockPanel, EndEvent } from "./clock_panel.js";
import { ComingUp, Hosts, JoinLink } from "./coming_up.js";
import { HelpSheet } from "./help_sheet.js";
import { MoveSheet } from "./move_sheet.js";
import { NeedsPanel } from "./needs_panel.js";
import { NextPersonSheet } from "./next_person.js";
import { NextRoundPanel } from "./next_round.js";
import { PeopleSheet } from "./people_sheet.js";
import { RemoveSheet } from "./remove_sheet.js";
import { RoomGrid } from "./room_grid.js";
import { RoomSheet } from "./room_sheet.js";
import { sayHowThingsStand } from "./shortcuts.js";
import { Stats } from "./stats.js";
import { line, sheet } from "./store.js";
import { TellRooms } from "./tell_rooms.js";
import { Toasts } from "./toasts.js";
import { WaitingPanel } from "./waiting_panel.js";

/** The sheet that lies on top, if any. */
const Sheets = observed(() => {
  const open = sheet.value;
  if (!open) return null;
  switch (open.kind) {
    case "move":
      return html`<${MoveSheet} key=${`move:${open.attendee}`} attendee=${open.attendee} />`;
    case "room":
      return html`<${RoomSheet} key=${open.room} id=${open.room} />`;
    case "remove":
      return html`<${RemoveSheet} key=${`remove:${open.attendee}`} attendee=${open.attendee} />`;
    case "next":
      return html`<${NextPersonSheet} key=${`next:${open.attendee}`} attendee=${open.attendee} />`;
    case "people":
      return html`<${PeopleSheet} key="people" />`;
    default:
      return html`<${HelpSheet} key="help" />`;
  }
});

const LINE_WORDS = {
  opening: "Finding the event",
  waiting: "Finding the event again. What you see may be old.",
  ended: "",
};

/** The road to the server, when there is something to say about it. */
const LineNote = observed(() => {
  const { state, sentence } = line.value;
  if (state === "open" || state === "idle") return null;
  const words = state === "ended" ? sentence : LINE_WORDS[/** @type {"opening"} */ (state)];
  return html`<p class=${`note line-note ${state === "opening" ? "" : "warn"}`}><${Icon} name="wifi-off" /><span>${words}</span></p>`;
});

/**
 * Quiet buttons under everything: the link for guests, how things stand, the keys.
 * @param {{ address: string }} props
 */
function Quiet({ address }) {
  const keys = () => {
    sheet.value = { kind: "help" };
  };
  return html`<div class="row g1 later">
    <${JoinLink} address=${address} />
    <button type="button" class="btn small bare" onClick=${sayHowThingsStand}><${Icon} name="info" />Summary</button>
    <button type="button" class="btn small bare keys-button" onClick=${keys}><${Icon} name="keyboard" />Keys</button>
  </div>`;
}

/** @param {{ registered: number, address: string }} props */
export function Frame({ registered, address }) {
  return html`<${LineNote} />
    <section class="phase card" aria-labelledby="phase">
      <${ClockPanel} />
      <${ComingUp} />
      <${TellRooms} />
      <div class="row spread nowrap foot"><${Hosts} /><span class="grow"></span><${EndEvent} /></div>
    </section>
    <div class="stack mid"><${Stats} registered=${registered} /><${NextRoundPanel} /><${RoomGrid} /></div>
    <aside class="sidecol" aria-label="Needs you and activity"><${NeedsPanel} /><${WaitingPanel} /><${Activity} /><${Quiet} address=${address} /></aside>
    <${Toasts} />
    <${Sheets} />`;
}

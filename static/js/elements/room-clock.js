// @ts-check
/** The time of a room: words, or digits for those who want them. */

import { clock } from "../connection/clock.js";
import { useKey } from "../lib/keys.js";
import { html, observed } from "../lib/view.js";
import { digits, timeLeft } from "../lib/words.js";
import { event, exactTime, room, second, toggleExactTime } from "../state/store.js";
import { Key } from "./controls.js";
import { Ring } from "./ring.js";

/** @returns {{ left: number, length: number, big: string, small: string }} */
function reading() {
  const view = room.value?.clock;
  const left = second.value ? (clock.remaining(view) ?? 0) : 0;
  const length = view?.lengthMs ?? 1;
  if (event.value?.paused && view?.endsAt === null) return { left, length, big: "Paused", small: "by a host" };
  return { left, length, ...(exactTime.value ? { big: digits(left), small: "left" } : timeLeft(left)) };
}

export const RoomRing = observed((/** @type {{ width?: number, radius?: number }} */ { width, radius }) => {
  const { left, length } = reading();
  return html`<${Ring} leftMs=${left} lengthMs=${length} width=${width} radius=${radius} cuts=${true} />`;
});

/** The clock in the corner; pressing it switches between words and digits. */
export const ClockButton = observed(() => {
  useKey("t", toggleExactTime);
  const { big, small } = reading();
  return html`<button type="button" class="clock" aria-keyshortcuts="T" aria-pressed=${exactTime.value} onClick=${toggleExactTime} data-clock>
    <b>${big}</b><span class="sm muted">${small}<span class="hide"> · show ${exactTime.value ? "words" : "exact time"} <${Key} of="T" /></span></span>
  </button>`;
});

/** The table is the clock. */
export const TableClock = observed(() => {
  useKey("t", toggleExactTime);
  const { big, small } = reading();
  return html`<button type="button" class="dial" aria-pressed=${exactTime.value} aria-keyshortcuts="T" onClick=${toggleExactTime} data-clock>
    <${RoomRing} width=${6} radius=${95} /><span class="in"><b>${big}</b><span class="xs muted">${small === "left" ? "left together" : small}</span></span>
  </button>`;
});

// @ts-check
/** The picture of the moment. */

import { html, observed, useEffect } from "../lib/view.js";
import { scene } from "../state/store.js";
import { Changeover } from "./changeover.js";
import { Check } from "./check.js";
import { Closing } from "./closing.js";
import { Lobby } from "./lobby.js";
import { PairRoom } from "./pair-room.js";
import { Away, Ended, Wait } from "./states.js";
import { Table } from "./table.js";

const SCENES = {
  check: Check,
  wait: Wait,
  lobby: Lobby,
  pair: PairRoom,
  group: Table,
  changeover: Changeover,
  closing: Closing,
  ended: Ended,
  away: Away,
};

/** Focus goes to the heading of a new picture, unless somebody is writing. */
function focusHeading() {
  const active = document.activeElement;
  if (active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.type === "text")) return;
  /** @type {HTMLElement | null} */
  const heading = document.querySelector("#main [data-heading]") ?? document.querySelector("#main h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

let first = true;

export const Main = observed(() => {
  const name = scene.value;
  useEffect(() => {
    if (first) first = false;
    else focusHeading();
  }, [name]);
  return html`<${SCENES[name]} key=${name} />`;
});

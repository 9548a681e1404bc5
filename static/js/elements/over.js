// @ts-check
/** What lies over every picture: banners, the note that somebody was still writing, a touch for sound. */

import { Icon } from "../lib/icon.js";
import { html, observed } from "../lib/view.js";
import { firstName, listed } from "../lib/words.js";
import { devices, unlockSound } from "../media/studio.js";
import { limits } from "../protocol.js";
import {
  banners,
  event,
  hideBanner,
  line,
  others,
  room,
  scene,
  second,
  sending,
  soundBlocked,
} from "../state/store.js";
import { NoteTray } from "./note.js";

/** @typedef {import("../state/store.js").Banner} Banner */

/** Shorter breaks heal before anybody has read about them. */
const BLINK_MS = 1500;

export const Over = observed(() => {
  const all = [...standing(), ...banners.value];
  return html`${all.map((banner) => html`<${Note} key=${banner.id} ...${banner} />`)}
    ${soundBlocked.value && room.value ? html`<${SoundButton} />` : null}
    <${NoteTray} />`;
});

/** @param {Banner & { lasting?: boolean }} props */
function Note({ id, tone, icon, text, act, lasting = false }) {
  return html`<div class=${`note ${tone}`} data-banner=${id}>
    <${Icon} name=${icon} />
    <span>${text}${act?.map(({ label, run }) => html` <${Act} id=${id} label=${label} run=${run} />`)}</span>
    ${
      lasting
        ? html`<span></span>`
        : html`<button type="button" class="btn icon bare small" aria-label="Dismiss" onClick=${() => hideBanner(id)}><${Icon} name="x" /></button>`
    }
  </div>`;
}

/** @param {{ id: string, label: string, run: () => void }} props */
function Act({ id, label, run }) {
  const press = () => {
    hideBanner(id);
    run();
  };
  return html`<button type="button" class="btn small" onClick=${press}>${label}</button>`;
}

/** What is the matter for as long as it is. @returns {(Banner & { lasting: boolean })[]} */
function standing() {
  if (scene.value === "check" || !event.value) return [];
  /** @type {(Banner & { lasting: boolean })[]} */
  const found = lost();
  if (!room.value) return found;
  if (sending.value.step > 0) {
    const what = sending.value.step === 1 ? "We turned your video down" : "We turned your video off";
    const text = `Your connection is thin. ${what}, your voice stays clear.`;
    found.push({ id: "thin", tone: "warn", icon: "wifi-off", text, lasting: true });
  }
  for (const kind of /** @type {const} */ (["audio", "video"]))
    if (devices.states[kind].value === "stopped") found.push(stopped(kind));
  return found;
}

/** A line that has been broken for more than a blink. @returns {(Banner & { lasting: boolean })[]} */
function lost() {
  const { state, since, attempt, retryInMs } = line.value;
  if (state === "open" || state === "ended" || Date.now() - since < BLINK_MS || !second.value) return [];
  const names = others(room.value).map((person) => firstName(person.card.name));
  const seat =
    names.length > 0 ? `Your seat with ${listed(names)} is kept for ${limits.SEAT_KEPT_MS / 1000} seconds. ` : "";
  const again = retryInMs > 1000 ? ` Try ${attempt}, next in ${Math.ceil(retryInMs / 1000)} s.` : "";
  const text = `Finding you again. ${seat}Nothing you wrote is lost.${again}`;
  return [{ id: "lost", tone: "warn", icon: "wifi-off", text, lasting: true }];
}

/** @param {"audio" | "video"} kind */
function stopped(kind) {
  const name = kind === "audio" ? "microphone" : "camera";
  const act = [{ label: "Try again", run: () => devices.open([kind]) }];
  return {
    id: `stopped-${kind}`,
    tone: "bad",
    icon: kind === "audio" ? "mic-off" : "video-off",
    text: `Your ${name} stopped.`,
    act,
    lasting: true,
  };
}

function SoundButton() {
  return html`<button type="button" class="btn sun lg" data-sound onClick=${unlockSound}><${Icon} name="volume-2" />Turn on sound</button>`;
}

// @ts-check
/** The own picture in the ring of its microphone: segments rise on both sides from six o'clock. */

import { say } from "../lib/announce.js";
import { Icon } from "../lib/icon.js";
import { page } from "../lib/page.js";
import { html, observed, useEffect, useState } from "../lib/view.js";
import { devices, ownLevel } from "../media/studio.js";
import { second } from "../state/store.js";
import { Control } from "./controls.js";
import { Rondel } from "./rondel.js";
import { Screen } from "./tile.js";

const SEGMENTS = 30;
/** Louder than breath. */
const HEARD_FROM = 0.06;
/** Still quiet after so long: perhaps the wrong microphone. */
const QUIET_S = 6;

export const Preview = observed(() => {
  const { audio, video } = devices.states;
  const seen = video.value === "on";
  const micOn = audio.value === "on";
  return html`<div class="mirror">
    <div class="tile preview" data-own data-camera=${video.value} data-microphone=${audio.value}>
      <${Screen} id=${page.me.id} own=${true} shown=${seen} />
      ${seen ? null : html`<span class="instead"><${Rondel} ...${page.me} size="xl" /></span>`}
      <${Meter} />
      <${Heard} on=${micOn} />
    </div>
    <${LevelForReaders} />
    <div class="dock loose">
      <${Control} ...${micControl(audio.value)} onClick=${() => devices.turn("audio", !micOn)} />
      <${Control} ...${cameraControl(video.value)} onClick=${() => devices.turn("video", !seen)} />
    </div>
  </div>`;
});

/** @param {string} state */
export function micControl(state) {
  if (state === "blocked")
    return { icon: "mic-off", word: "Blocked", name: "Microphone blocked, try again", cls: "off" };
  if (state === "on") return { icon: "mic", word: "Mic on", pressed: true };
  return { icon: "mic-off", word: WORDS[state] ?? "Mic off", cls: "off", pressed: false };
}

/** @param {string} state */
export function cameraControl(state) {
  if (state === "blocked") return { icon: "video-off", word: "Blocked", name: "Camera blocked, try again", cls: "off" };
  if (state === "on") return { icon: "video", word: "Camera on", pressed: true };
  return { icon: "video-off", word: WORDS[state] ?? "Camera off", cls: "off", pressed: false };
}

/** @type {Record<string, string>} */
const WORDS = { none: "None found", busy: "In use", asking: "Asking" };

const Meter = observed(() => {
  const lit = Math.round(ownLevel.value * SEGMENTS);
  const dashes = lit > 0 ? `${"1.3 .7 ".repeat(lit)}0 200` : "0 200";
  const circle = { cx: 115, cy: 115, r: 108, "stroke-width": 7, pathLength: 120 };
  return html`<svg class="meter" viewBox="0 0 230 230" aria-hidden="true">
    <circle class="t" ...${circle} stroke-dasharray="1.3 .7" transform="rotate(90 115 115)" />
    <circle class="v" ...${circle} stroke-dasharray=${dashes} transform="rotate(90 115 115)" />
    <circle class="v" ...${circle} stroke-dasharray=${dashes} transform="matrix(1 0 0 -1 0 230) rotate(-90 115 115)" />
  </svg>`;
});

/** Read at most once a second, and never announced. */
const LevelForReaders = observed(() => {
  const now = second.value ? Math.round(ownLevel.peek() * 100) : 0;
  return html`<div role="meter" class="vh" aria-label="Microphone level" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${now}>
    ${now} of 100
  </div>`;
});

/** @param {{ on: boolean }} props */
const Heard = observed(({ on }) => {
  const [heard, setHeard] = useState(false);
  const [since] = useState(() => second.peek());
  const loud = ownLevel.value >= HEARD_FROM;
  const quiet = on && !heard && second.value - since > QUIET_S * 1000;
  useEffect(() => {
    if (!on || !loud || heard) return;
    setHeard(true);
    say("We can hear you");
  }, [on, loud]);
  useEffect(() => {
    if (quiet) say("Still quiet. Is the right microphone chosen?");
  }, [quiet]);
  if (!on) return null;
  if (heard) return html`<span class="nametag"><${Icon} name="mic" />We can hear you</span>`;
  return quiet
    ? html`<span class="nametag"><${Icon} name="mic" />Still quiet</span>`
    : html`<span class="nametag"><${Icon} name="mic" />Say hello</span>`;
});

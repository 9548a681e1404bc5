// @ts-check
/** Which camera, microphone and speaker; and what to do when the browser gives none. */

import { Icon } from "../lib/icon.js";
import { chime } from "../lib/sound.js";
import { html, observed } from "../lib/view.js";
import { devices } from "../media/studio.js";

/** @type {Record<string, string>} */
const NAMES = { video: "Camera", audio: "Microphone", output: "Speaker" };

export const DeviceLists = observed(() => {
  const blocked = devices.states.audio.value === "blocked" || devices.states.video.value === "blocked";
  return html`<${Fix} />
    <div class="two"><${Choice} kind="video" /><${Choice} kind="audio" /></div>
    <div class="dev"><${Choice} kind="output" />
      <button type="button" class="btn tall" onClick=${chime}><${Icon} name="volume-2" />Play a chime</button></div>
    ${blocked ? html`<${HowToAllow} />` : null}`;
});

export const Choice = observed((/** @type {{ kind: "audio" | "video" | "output" }} */ { kind }) => {
  const list = devices.list(kind);
  const wish = devices.chosen[kind].value;
  const chosen = list.some((one) => one.deviceId === wish) ? wish : list[0]?.deviceId;
  const change = (/** @type {any} */ event) => {
    const id = event.target.value;
    if (kind === "output") devices.chooseOutput(id);
    else devices.choose(kind, id);
  };
  return html`<div class="field">
    <label for=${`device-${kind}`}>${NAMES[kind]}</label>
    <select class="input" id=${`device-${kind}`} disabled=${list.length === 0} value=${chosen} onChange=${change}>
      ${list.length === 0 ? html`<option value="">${kind === "output" ? "The computer's own" : "None found"}</option>` : null}
      ${list.map((one, at) => html`<option value=${one.deviceId}>${one.label || `${NAMES[kind]} ${at + 1}`}</option>`)}
    </select>
  </div>`;
});

/** One sentence on what is the matter, and one button that may help. */
const Fix = observed(() => {
  const sentence = troubleWith(devices.states.audio.value, devices.states.video.value);
  if (!sentence) return null;
  return html`<div class="note warn" role="status" data-device-trouble>
    <${Icon} name="info" /><span>${sentence}</span>
    <button type="button" class="btn small" onClick=${() => devices.open()}>Try again</button>
  </div>`;
});

/** @param {string} audio @param {string} video */
export function troubleWith(audio, video) {
  if (audio === "none" && video === "none")
    return "We found no camera and no microphone. You can take part by chat, or plug one in.";
  if (audio === "blocked" && video === "blocked") return "Your browser is holding the camera and the microphone back.";
  if (audio === "busy" || video === "busy")
    return "Another programme is using your camera or microphone. Close it, then try again.";
  if (video === "blocked") return "Your browser is holding the camera back. You can join with audio only.";
  if (audio === "blocked")
    return "Your browser is holding the microphone back. You can be seen, and write in the chat.";
  if (video === "none") return "We found no camera. That is fine: join with audio only.";
  if (audio === "none") return "We found no microphone. You can be seen, and write in the chat.";
  return "";
}

function HowToAllow() {
  return html`<ol class="how card sink">
    <li><span>Open the site settings, left of the address.</span></li>
    <li><span>Set camera and microphone to Allow.</span></li>
    <li><span>Come back here. We notice by ourselves.</span></li>
  </ol>`;
}

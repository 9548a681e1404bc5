// @ts-check
/** Controls of the lobby: devices, resting, help, leaving. */

import { useKey } from "../lib/keys.js";
import { html, observed, useState } from "../lib/view.js";
import { devices } from "../media/studio.js";
import { command } from "../protocol.js";
import { give, leaveEvent } from "../state/line.js";
import { me, scene } from "../state/store.js";
import { Control, Dialog } from "./controls.js";
import { asking } from "./help.js";
import { cameraControl, micControl } from "./preview.js";

/** Microphone and camera, with their keys. */
export const DeviceControls = observed(() => {
  const { audio, video } = devices.states;
  const mic = () => devices.turn("audio", audio.peek() !== "on");
  const camera = () => devices.turn("video", video.peek() !== "on");
  useKey("m", mic);
  useKey("v", camera);
  return html`<${Control} ...${short(micControl(audio.value), "Mic")} hotkey="M" onClick=${mic} />
    <${Control} ...${short(cameraControl(video.value), "Camera")} hotkey="V" onClick=${camera} />`;
});

/** Where it is on, the word alone is enough. @param {any} control @param {string} word */
const short = (control, word) => (control.pressed ? { ...control, word } : control);

export const LobbyDock = observed(() => {
  const [leaving, setLeaving] = useState(false);
  const ready = me.value?.ready ?? false;
  const change = () => give(command.setReadiness({ ready: !ready }));
  const help = () => {
    asking.value = "help";
  };
  return html`<div class="dock" role="group" aria-label="Your controls">
    <${DeviceControls} />
    ${
      scene.value === "closing"
        ? null
        : html`<${Control} icon=${ready ? "pause" : "play"} word=${ready ? "Sit one out" : "I am ready"} cls=${ready ? "" : "sun"} onClick=${change} />`
    }
    <${Control} icon="life-buoy" word=${me.value?.helpAsked ? "Help comes" : "Get help"} onClick=${help} />
    <${Control} icon="log-out" word="Leave" cls="leave" onClick=${() => setLeaving(true)} />
    ${leaving ? html`<${LeaveDialog} onClose=${() => setLeaving(false)} />` : null}
  </div>`;
});

/** @param {{ onClose: () => void }} props */
function LeaveDialog({ onClose }) {
  return html`<${Dialog} title="Leave the event?" onClose=${onClose}>
    <p class="muted">You can come back by your link whenever you like. Your list of people stays.</p>
    <div class="row"><button type="button" class="btn bad" onClick=${leaveEvent}>Leave</button><button type="button" class="btn" onClick=${onClose}>Stay</button></div>
  <//>`;
}

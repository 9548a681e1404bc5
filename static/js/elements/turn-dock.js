// @ts-check
/** Controls between two rounds: have a rest, or go in muted. */

import { Icon } from "../lib/icon.js";
import { html, observed } from "../lib/view.js";
import { devices } from "../media/studio.js";
import { command } from "../protocol.js";
import { give } from "../state/line.js";
import { moreRounds } from "../state/scene.js";
import { event, me } from "../state/store.js";

export const TurnDock = observed(() => {
  if (!event.value || !moreRounds(event.value)) return null;
  const ready = me.value?.ready ?? false;
  const muted = devices.states.audio.value !== "on";
  return html`<div class="row centred" role="group" aria-label="Your controls">
    <button type="button" class="btn" onClick=${() => give(command.setReadiness({ ready: !ready }))}
      ><${Icon} name=${ready ? "coffee" : "play"} />${ready ? "Take a break instead" : "I am ready again"}</button>
    <button type="button" class="btn bare" aria-pressed=${muted} onClick=${() => devices.turn("audio", muted)}
      ><${Icon} name="mic-off" />${muted ? "You are muted" : "Join the next one muted"}</button>
  </div>`;
});

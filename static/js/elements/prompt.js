// @ts-check
/** The card on the table: everybody in the room sees the same one, and anybody may turn it. */

import { clock } from "../connection/clock.js";
import { Icon } from "../lib/icon.js";
import { useKey } from "../lib/keys.js";
import { html, observed } from "../lib/view.js";
import { command, limits } from "../protocol.js";
import { give } from "../state/line.js";
import { second } from "../state/store.js";
import { Key } from "./controls.js";

/** @typedef {{ view: import("../protocol.js").RoomView, partner: string }} Props */

export const PromptCard = observed((/** @type {Props} */ { view, partner }) => {
  const { prompt } = view;
  const resting =
    prompt !== null &&
    second.value < prompt.turnedAt + limits.PROMPT_REST_MS &&
    clock.now() < prompt.turnedAt + limits.PROMPT_REST_MS;
  const turn = () => give(command.turnPrompt({ room: view.id }));
  useKey("n", turn, prompt !== null && !resting);
  if (!prompt) return null;
  return html`<section class="card piney q" aria-labelledby="prompt-title" data-prompt>
    <h2 id="prompt-title" class="eyebrow">${view.people.length > 2 ? "At every table" : "A way in"}</h2>
    <blockquote>${prompt.text}</blockquote>
    <div class="row spread nowrap"><button type="button" class="btn small tall" aria-keyshortcuts="N" disabled=${resting} onClick=${turn}
      ><${Icon} name="refresh-cw" />Another card <${Key} of="N" /></button><span class="xs">${partner} ${partner === "Everybody" ? "sees it" : "sees it too"}</span></div>
  </section>`;
});

// @ts-check
/** The list of single keys, and the switch that turns them off. */

import { keysOn, switchKeys } from "../lib/keys.js";
import { html, observed } from "../lib/view.js";
import { Dialog, Key } from "./controls.js";

const ALL = [
  ["M", "Microphone on or off"],
  ["V", "Camera on or off"],
  ["T", "Exact time or words"],
  ["N", "Another card"],
  ["Y", "Stay in touch: yes"],
  ["B", "Chat"],
  ["R", "React"],
  ["+", "Ask for one more minute"],
  ["L", "Leave this round, asks once"],
  ["/", "Write in the lobby's chat"],
  ["P", "People in the lobby"],
  ["1 – 4", "Kudos, after a round"],
  ["?", "This list"],
];

export const Shortcuts = observed((/** @type {{ onClose: () => void }} */ { onClose }) => {
  const change = (/** @type {any} */ event) => switchKeys(event.target.checked);
  return html`<${Dialog} title="Keys" onClose=${onClose}>
    <dl class="keys">${ALL.map(([key, what]) => html`<div><dt><${Key} of=${key} /><span class="vh">${key}</span></dt><dd>${what}</dd></div>`)}</dl>
    <label class="switch"><span>Single keys<small>Off while you write. Switch them off if they get in your way.</small></span
      ><input type="checkbox" role="switch" checked=${keysOn.value} onChange=${change} /></label>
  <//>`;
});

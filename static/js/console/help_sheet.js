// @ts-check
/** The keys of this page, and the switch that turns them off. */

import { html, observed } from "@/lib/view.js";
import { SheetFrame } from "./sheet.js";
import { keysOn, setKeys } from "./store.js";

/** @type {Array<[string, string]>} */
const KEYS = [
  ["Space", "Pause or resume the clocks"],
  ["+", "A minute more for everybody"],
  ["E", "End the round (asks once)"],
  ["G", "then a number: go to that room"],
  ["A", "Go to the next one who needs you"],
  ["/", "Find a person"],
  ["B", "Tell every room"],
  ["I", "Say how things stand"],
  ["?", "This list"],
];

export const HelpSheet = observed(() => {
  const onChange = (/** @type {Event} */ event) =>
    setKeys(/** @type {HTMLInputElement} */ (event.currentTarget).checked);
  return html`<${SheetFrame} title="Keys of this page">
    <label class="switch"><span>Single keys<small>They rest while you type.</small></span>
      <input type="checkbox" role="switch" checked=${keysOn.value} onChange=${onChange} /></label>
    <dl class="keys">
      ${KEYS.map(([key, words]) => html`<div key=${key}><dt><span class="kbd">${key}</span></dt><dd>${words}</dd></div>`)}
    </dl>
  <//>`;
});

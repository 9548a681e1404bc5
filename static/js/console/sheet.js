// @ts-check
/** A sheet of paper over the console: one at a time, Escape closes it, focus goes back to where it was. */

import { Icon } from "@/lib/icon.js";
import { html, useLayoutEffect, useRef } from "@/lib/view.js";
import { sheet } from "./store.js";

/** Put the sheet away. */
export const putAway = () => {
  sheet.value = null;
};

/** @param {{ title: string, cls?: string, children?: any }} props */
export function SheetFrame({ title, cls = "", children }) {
  const mine = useRef(sheet.value);
  const frame = useRef(/** @type {HTMLDialogElement|null} */ (null));
  // Before anything else can happen: an Escape pressed at once must find a dialog that listens.
  useLayoutEffect(() => {
    const dialog = frame.current;
    dialog?.showModal();
    // Closed before it leaves the page: only then does the browser give the focus back.
    return () => dialog?.close();
  }, []);
  // A sheet that makes way for another one hears of its closing when the other is open already.
  const onClose = () => sheet.value === mine.current && putAway();
  const onClick = (/** @type {MouseEvent} */ event) => event.target === frame.current && putAway();
  return html`<dialog ref=${frame} class=${`sheet card lift ${cls}`} aria-labelledby="sheet-title" onClose=${onClose} onClick=${onClick}>
    <div class="stack">
      <div class="row spread nowrap">
        <h2 id="sheet-title" class="lg" tabindex="-1">${title}</h2>
        <button type="button" class="btn bare icon small" aria-label="Close" onClick=${putAway}><${Icon} name="x" /></button>
      </div>
      ${children}
    </div>
  </dialog>`;
}

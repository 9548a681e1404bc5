// @ts-check
/** Small pieces that all pictures use: a round control, a dialog, a key cap, a pop-up list. */

import { Icon } from "../lib/icon.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../lib/view.js";

/**
 * A circle, a word, a key.
 * @param {{ icon: string, word: string, name?: string, pressed?: boolean, cls?: string, hotkey?: string, count?: number,
 *   onClick: () => void, expanded?: boolean, disabled?: boolean }} props
 */
export function Control({
  icon,
  word,
  name,
  pressed,
  cls = "",
  hotkey,
  count = 0,
  onClick,
  expanded,
  disabled = false,
}) {
  return html`<button type="button" class=${`ctl ${cls}`} aria-pressed=${pressed} aria-label=${name} aria-expanded=${expanded}
    aria-keyshortcuts=${hotkey} disabled=${disabled} onClick=${onClick}>
    <span class="disc"><${Icon} name=${icon} cls="lg" />${
      count > 0 ? html`<span class="count">${count}<span class="vh"> new</span></span>` : null
    }</span>${word}
  </button>`;
}

/** @param {{ of: string }} props */
export const Key = ({ of }) => html`<span class="kbd" aria-hidden="true">${of}</span>`;

/**
 * A dialog over everything, with focus kept inside by the browser and given back afterwards.
 * @param {{ title: string, onClose: () => void, children?: any, wide?: boolean }} props
 */
export function Dialog({ title, onClose, children, wide = false }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  // Before anything else can happen: an Escape pressed at once must find a dialog that listens.
  useLayoutEffect(() => {
    const dialog = box.current;
    const from = /** @type {HTMLElement | null} */ (document.activeElement);
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (from?.isConnected) from.focus();
    };
  }, []);
  return html`<dialog class=${`sheet ${wide ? "wide" : ""}`} ref=${box} aria-labelledby="sheet-title" onClose=${onClose}>
    <div class="row spread nowrap">
      <h2 id="sheet-title">${title}</h2>
      <button type="button" class="btn bare icon" aria-label="Close" onClick=${onClose}><${Icon} name="x" /></button>
    </div>
    ${children}
  </dialog>`;
}

/**
 * Something that opens above a control and closes by itself.
 * @param {{ control: (open: boolean, toggle: () => void) => any, label: string, children: (close: () => void) => any }} props
 */
export function Popup({ control, label, children }) {
  const [open, setOpen] = useState(false);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const close = () => setOpen(false);
  useEffect(() => {
    if (!open) return undefined;
    const away = (/** @type {Event} */ event) => {
      if (!box.current?.contains(/** @type {Node} */ (event.target))) close();
    };
    const onEscape = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      close();
      /** @type {HTMLElement | null} */ (box.current?.querySelector("button"))?.focus();
    };
    document.addEventListener("pointerdown", away);
    document.addEventListener("keydown", onEscape);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("keydown", onEscape);
    };
  }, [open]);
  return html`<span class="popup" ref=${box}>
    ${control(open, () => setOpen(!open))}
    ${open ? html`<div class="popped card lift" role="group" aria-label=${label}>${children(close)}</div>` : null}
  </span>`;
}

/** Bars and words. @param {{ quality: number, words: string }} props */
export function Health({ quality, words }) {
  return html`<span class="health" data-q=${quality} role="img" aria-label=${words}><i></i><i></i><i></i></span>`;
}

// @ts-check
/** One sentence at the bottom after something was done, with Undo; it waits while somebody looks at it. */

import { Icon } from "@/lib/icon.js";
import { html, observed, useEffect, useState } from "@/lib/view.js";
import { toast } from "./store.js";

const SHOWN_MS = 6_000;

/** @param {{ words: string, undo?: () => void }} props */
function Paper({ words, undo }) {
  const [held, setHeld] = useState(false);
  const away = () => {
    toast.value = null;
  };
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(away, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held]);
  const hold = () => setHeld(true);
  const loose = () => setHeld(false);
  const back = () => {
    undo?.();
    away();
  };
  return html`<div class="toast" onMouseEnter=${hold} onMouseLeave=${loose} onFocusIn=${hold} onFocusOut=${loose}>
    <${Icon} name="check" /><span>${words}</span>
    ${undo && html`<button type="button" class="undo" onClick=${back}>Undo</button>`}
  </div>`;
}

export const Toasts = observed(() => {
  const shown = toast.value;
  return html`<section class="toasts" aria-label="What was just done">
    ${shown && html`<${Paper} key=${shown} ...${shown} />`}
  </section>`;
});

// @ts-check
/** Whether calls get through, in one sentence. */

import { Icon } from "../lib/icon.js";
import { html, useEffect, useState } from "../lib/view.js";
import { tryConnection, VERDICTS } from "../media/check.js";
import { ice } from "../media/studio.js";

export function ConnectionTest() {
  const [verdict, setVerdict] = useState(/** @type {import("../media/check.js").Verdict | ""} */ (""));
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    setVerdict("");
    ice
      .refresh()
      .then(tryConnection)
      .then((found) => current && setVerdict(found));
    return () => {
      current = false;
    };
  }, [round]);
  if (!verdict)
    return html`<p class="note" role="status" data-verdict=""><${Icon} name="loader" /><span>Trying your connection</span></p>`;
  const { tone, icon, sentence } = VERDICTS[verdict];
  return html`<div class=${`note ${tone}`} role="status" data-verdict=${verdict}>
    <${Icon} name=${icon} /><span>${sentence}</span>
    ${verdict === "blocked" ? html`<button type="button" class="btn small" onClick=${() => setRound(round + 1)}>Try again</button>` : null}
  </div>`;
}

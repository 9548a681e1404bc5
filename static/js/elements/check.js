// @ts-check
/** Device check and profile: how you look and sound, and what your partners will see. */

import { Icon } from "../lib/icon.js";
import { html, observed, useEffect, useState } from "../lib/view.js";
import { whenAllowed } from "../media/permission.js";
import { devices } from "../media/studio.js";
import { command } from "../protocol.js";
import { enter } from "../state/evening.js";
import { give } from "../state/line.js";
import { adjusting, checked, passCheck } from "../state/store.js";
import { ConnectionTest } from "./connection-test.js";
import { DeviceLists } from "./device-lists.js";
import { Preview } from "./preview.js";
import { collect, ProfileFields, saveProfile } from "./profile.js";

export const Check = observed(() => {
  const [trouble, setTrouble] = useState(/** @type {import("../lib/http.js").Trouble | null} */ (null));
  const [busy, setBusy] = useState(false);
  useEffect(askForDevices, []);

  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const audioOnly = event.submitter?.dataset.way === "audio";
    setBusy(true);
    const wrong = await saveProfile(collect(form, audioOnly));
    setBusy(false);
    setTrouble(wrong);
    if (wrong) focusField(form, wrong.field);
    else comeIn(audioOnly);
  };

  return html`<form class="cols wrap" onSubmit=${submit} noValidate>
    <section aria-labelledby="how" class="stack g5 cam">
      <h1 id="how">How you look and sound</h1>
      <${Preview} />
      <div class="stack g3"><${DeviceLists} /><${ConnectionTest} /></div>
    </section>
    <${ProfileFields} trouble=${trouble} />
    <${Bottom} busy=${busy} trouble=${trouble} />
  </form>`;
});

/** Asked once; when it was refused, we notice by ourselves that it has been allowed. */
function askForDevices() {
  if (devices.states.audio.peek() === "unknown") devices.open();
  for (const kind of /** @type {const} */ (["audio", "video"])) {
    whenAllowed(kind, () => {
      if (devices.states[kind].peek() === "blocked") devices.open([kind]);
    });
  }
}

/** @param {HTMLFormElement} form @param {string | null} field */
function focusField(form, field) {
  const place = field ? form.elements.namedItem(field) : null;
  if (place instanceof HTMLElement) place.focus();
}

/** @param {boolean} audioOnly */
function comeIn(audioOnly) {
  const fresh = checked.value === "";
  if (audioOnly) devices.close("video");
  const heard = devices.tracks().audio !== null;
  passCheck(devices.tracks().video ? "both" : heard ? "audio" : "none");
  enter();
  if (fresh) give(command.setReadiness({ ready: true }));
}

/** @param {{ busy: boolean, trouble: import("../lib/http.js").Trouble | null }} props */
const Bottom = observed(({ busy, trouble }) => {
  const nothing =
    devices.states.audio.value !== "on" && devices.states.video.value !== "on" && devices.states.audio.value !== "off";
  const asking = devices.states.audio.value === "asking";
  const inside = adjusting.value;
  return html`<div class="bottom"><div class="wrap row spread">
    ${
      trouble
        ? html`<p class="err" role="alert"><${Icon} name="circle-alert" />${trouble.sentence}</p>`
        : html`<span class="sayso muted sm">You can change all of this from the lobby.</span>`
    }
    <div class="row">
      <button class="btn lg" data-way="audio" disabled=${busy}><${Icon} name=${nothing ? "message-square-text" : "mic"} />${
        nothing && !asking ? "Join without devices" : "Join with audio only"
      }</button>
      ${nothing && !asking ? null : html`<button class="btn sun lg" data-way="both" aria-busy=${busy} disabled=${busy}>${inside ? "Back to the lobby" : "Go to the lobby"}</button>`}
    </div>
  </div></div>`;
});

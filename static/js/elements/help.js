// @ts-check
/** A quiet call for a host, and telling a host what somebody did. */

import { alarm, say } from "../lib/announce.js";
import { Icon } from "../lib/icon.js";
import { html, observed, signal, useState } from "../lib/view.js";
import { command, limits } from "../protocol.js";
import { give } from "../state/line.js";
import { sendReport } from "../state/met.js";
import { me, others, room, showBanner } from "../state/store.js";
import { Dialog } from "./controls.js";

/** Which dialog is open. */
export const asking = signal(/** @type {"" | "help" | "report"} */ (""));

const close = () => {
  asking.value = "";
};

/** @param {{ cls?: string }} props */
export function HelpButton({ cls = "" }) {
  const open = () => {
    asking.value = "help";
  };
  const icon = cls.includes("icon");
  return html`<button type="button" class=${`btn bare ${cls}`} aria-label=${icon ? "Get help or report" : undefined} onClick=${open}
    ><${Icon} name="life-buoy" />${icon ? null : "Get help"}</button
  >`;
}

/** Both dialogs; part of the foot, so that they are there in every picture. */
export const Asking = observed(() => {
  if (asking.value === "help") return html`<${HelpDialog} />`;
  if (asking.value === "report") return html`<${ReportDialog} />`;
  return null;
});

const HelpDialog = observed(() => {
  const [text, setText] = useState("");
  const asked = me.value?.helpAsked ?? false;
  const call = async () => {
    close();
    if (await give(command.askHelp({ text }))) say("A host knows and is on the way.");
  };
  const undo = () => {
    close();
    give(command.askHelp({ wanted: false }));
  };
  return html`<${Dialog} title=${asked ? "A host is on the way" : "Shall a host come?"} onClose=${close}>
    ${asked ? html`<p class="muted">You can go on meanwhile. Tell us if it has been settled.</p>` : html`<${HelpText} text=${text} setText=${setText} />`}
    <div class="row">
      ${
        asked
          ? html`<button type="button" class="btn" onClick=${undo}>I do not need help any more</button>`
          : html`<button type="button" class="btn pine" onClick=${call}><${Icon} name="life-buoy" />Call a host</button>`
      }
      ${room.value ? html`<button type="button" class="btn bare" onClick=${openReport}><${Icon} name="flag" />Report somebody</button>` : null}
    </div>
  <//>`;
});

/** @param {{ text: string, setText: (text: string) => void }} props */
function HelpText({ text, setText }) {
  return html`<div class="field">
    <label for="help-text">What is it about? <span class="hint">optional, only hosts read it</span></label>
    <textarea class="input" id="help-text" maxlength=${limits.LONG_TEXT_CHARS} value=${text}
      onInput=${(/** @type {any} */ event) => setText(event.target.value)}></textarea>
  </div>`;
}

export const openReport = () => {
  asking.value = "report";
};

const KINDS = [
  { kind: "rude", word: "Rude or hurtful words" },
  { kind: "unwanted", word: "Unwanted advances" },
  { kind: "recording", word: "Recording or taking pictures" },
  { kind: "other", word: "Something else" },
];

const ReportDialog = observed(() => {
  // The room as it was: a report outlives the round it is about.
  const [view] = useState(() => room.peek());
  const people = others(view);
  const [about, setAbout] = useState(people[0]?.card.id ?? "");
  const [kind, setKind] = useState("");
  const [text, setText] = useState("");
  const [leave, setLeave] = useState(true);
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    close();
    file({ about, kind: kind || "other", text, leave, room: view?.id ?? "" });
  };
  if (!view) return null;
  return html`<${Dialog} title="What happened?" onClose=${close}>
    <form class="stack g5" onSubmit=${send}>
      ${people.length > 1 ? html`<${Who} people=${people} about=${about} setAbout=${setAbout} />` : null}
      <${What} kind=${kind} setKind=${setKind} />
      <div class="field">
        <label for="report-text">In your own words <span class="hint">optional</span></label>
        <textarea class="input" id="report-text" maxlength=${limits.LONG_TEXT_CHARS} value=${text}
          onInput=${(/** @type {any} */ event) => setText(event.target.value)}></textarea>
      </div>
      <label class="check"
        ><input type="checkbox" checked=${leave} onChange=${(/** @type {any} */ event) => setLeave(event.target.checked)} /><span
          >Leave this conversation now. The others are told only that you had to go.</span></label>
      <p class="muted sm">Hosts read this at once. You will not meet this person again, and they are not told why.</p>
      <div class="row"><button class="btn pine">Tell the hosts</button><button type="button" class="btn" onClick=${close}>Keep talking</button></div>
    </form>
  <//>`;
});

/** @param {{ people: import("../protocol.js").RoomPerson[], about: string, setAbout: (id: string) => void }} props */
function Who({ people, about, setAbout }) {
  return html`<fieldset class="stack g2"><legend class="label">Who is it about?</legend><div class="picks">
    ${people.map(
      ({ card }) =>
        html`<label class="pick"><input type="radio" name="who" checked=${card.id === about} onChange=${() => setAbout(card.id)} />${card.name}</label>`,
    )}
  </div></fieldset>`;
}

/** @param {{ kind: string, setKind: (kind: string) => void }} props */
function What({ kind, setKind }) {
  return html`<fieldset class="stack g2"><legend class="vh">What happened?</legend><div class="picks">
    ${KINDS.map(
      (one) =>
        html`<label class="pick"><input type="radio" name="kind" required checked=${one.kind === kind} onChange=${() => setKind(one.kind)} />${one.word}</label>`,
    )}
  </div></fieldset>`;
}

/** Kept first, then out of the room: the order in which a person is safe. @param {{ about: string, kind: string, text: string, leave: boolean, room: string }} what */
async function file({ about, kind, text, leave, room: id }) {
  const kept = sendReport({ about, kind, text, never_again: true });
  if (leave && room.peek()?.id === id) give(command.leaveSeat({ room: id }));
  const trouble = await kept.then(
    () => null,
    (error) => error,
  );
  const said = trouble ? trouble.sentence : "Thank you. The hosts know, and you will not meet again.";
  showBanner({
    id: "reported",
    tone: trouble ? "bad" : "good",
    icon: trouble ? "circle-alert" : "shield-check",
    text: said,
  });
  (trouble ? alarm : say)(said);
}

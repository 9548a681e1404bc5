// @ts-check
/** A message to everybody or to one room: a quiet banner there, read out once. */

import { html, observed, useState } from "@/lib/view.js";
import { limits } from "@/protocol.js";
import { placed } from "./board.js";
import { namesIn } from "./moves.js";
import { Refusal, Wish } from "./pieces.js";
import { board, phase, recipient } from "./store.js";
import { broadcast } from "./wishes.js";

/** @param {Event} event */
const writtenIn = (event) => /** @type {HTMLInputElement} */ (event.currentTarget).value;

const Recipient = observed(() => {
  const current = board.value;
  const open = placed(current).filter((room) => !room.closed);
  const chosen = open.some((room) => room.id === recipient.value) ? recipient.value : "";
  const onChange = (/** @type {Event} */ event) => {
    recipient.value = writtenIn(event);
  };
  return html`<select class="input" aria-label="Who gets it" value=${chosen} onChange=${onChange}>
    <option value="">Everybody</option>
    ${open.map((room) => html`<option key=${room.id} value=${room.id}>Room ${room.number}, ${namesIn(current, room)}</option>`)}
  </select>`;
});

/** The heading names the room when the message goes to one. */
const Heading = observed(() => {
  const room = board.value.rooms.get(recipient.value);
  return html`<label class="label" for="tell">${room && !room.closed ? `Tell room ${room.number}` : "Tell every room"}</label>`;
});

export const TellRooms = observed(() => {
  const [text, setText] = useState("");
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!text.trim()) return document.getElementById("tell")?.focus();
    if (await broadcast(text.trim(), recipient.value)) {
      setText("");
      recipient.value = "";
    }
  };
  if (phase.value === "ended") return null;
  return html`<form class="stack g2" onSubmit=${send}>
    <${Heading} />
    <textarea
      class="input" id="tell" maxlength=${limits.LONG_TEXT_CHARS} value=${text} aria-describedby="tell-refused"
      placeholder="Shown as a quiet banner and read out once" onInput=${(/** @type {Event} */ event) => setText(writtenIn(event))}
    ></textarea>
    <${Refusal} place="broadcast" id="tell-refused" />
    <div class="row spread nowrap">
      <${Recipient} />
      <${Wish} place="broadcast" cls="soft" icon="megaphone" type="submit">Send<//>
    </div>
  </form>`;
});

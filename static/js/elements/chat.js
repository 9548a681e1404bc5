// @ts-check
/** Chat of a place: lines and the box to write in. */

import { Icon } from "../lib/icon.js";
import { page } from "../lib/page.js";
import { html, useEffect, useRef, useState } from "../lib/view.js";
import { clockTime, firstName } from "../lib/words.js";
import { command, limits } from "../protocol.js";
import { give } from "../state/line.js";
import { Rondel } from "./rondel.js";

/** @typedef {import("../protocol.js").ChatLine} ChatLine */

/** Lobby lines, with rondels. @param {{ lines: readonly ChatLine[], teamOf: (id: string) => string, label: string }} props */
export function LobbyLines({ lines, teamOf, label }) {
  return html`<div role="log" aria-label=${label}><ol class="chat" role="list">
    ${lines.map(
      (line) => html`<li key=${line.id}>
        <${Rondel} id=${line.by} name=${line.name} team=${teamOf(line.by)} size="s" />
        <div><b>${firstName(line.name)}</b>${line.organiser ? html` <span class="tag pine">Host</span>` : null} <time>${clockTime(line.at)}</time><p>${line.text}</p></div>
      </li>`,
    )}
  </ol>${lines.length === 0 ? html`<p class="muted sm">Nobody has written yet. A hello is enough.</p>` : null}</div>`;
}

/** Lines of a room, as bubbles. @param {{ lines: readonly ChatLine[], label: string, several: boolean }} props */
export function RoomLines({ lines, label, several }) {
  return html`<div role="log" aria-label=${label}><ul class="stack g3 bubs" role="list">
    ${lines.map((line) => {
      const mine = line.by === page.me.id;
      return html`<li key=${line.id} class=${`bub ${mine ? "me" : ""}`}>
        ${several && !mine ? html`<b class="xs">${firstName(line.name)}</b>` : null}<p>${line.text}</p><time class="xs faint">${clockTime(line.at)}</time>
      </li>`;
    })}
  </ul>${lines.length === 0 ? html`<p class="muted sm">Gone when the round ends.</p>` : null}</div>`;
}

/** Keeps the newest line in view, unless somebody has scrolled up to read. @param {{ count: number, children: any, labelledby?: string, role?: string, id?: string }} props */
export function Scroller({ count, children, labelledby, role, id }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const log = box.current;
    if (log && log.scrollHeight - log.scrollTop - log.clientHeight < 160) log.scrollTop = log.scrollHeight;
  }, [count]);
  return html`<div class="log" id=${id} ref=${box} tabindex="0" role=${role ?? "group"} aria-labelledby=${labelledby}
    aria-label=${labelledby ? undefined : "Messages"}>${children}</div>`;
}

/** @param {{ room: string | null, label: string, placeholder: string, focus?: boolean }} props */
export function ChatBox({ room, label, placeholder, focus = false }) {
  const [text, setText] = useState("");
  const box = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    if (focus) box.current?.focus();
  }, []);
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const line = text.trim();
    if (!line) return;
    setText("");
    if (!(await give(command.sayChat({ text: line, room })))) setText(line);
  };
  const id = room ? "room-chat" : "lobby-chat";
  return html`<form onSubmit=${send}>
    <label class="vh" for=${id}>${label}</label>
    <input class="input" type="text" id=${id} ref=${box} placeholder=${placeholder} maxlength=${limits.CHAT_CHARS} autocomplete="off"
      value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} />
    <button class="btn pine icon" aria-label="Send"><${Icon} name="send-horizontal" /></button>
  </form>`;
}

// @ts-check
/** Controls of a room. */

import { Icon } from "../lib/icon.js";
import { useKey } from "../lib/keys.js";
import { page } from "../lib/page.js";
import { html, observed, useEffect, useState } from "../lib/view.js";
import { command } from "../protocol.js";
import { give } from "../state/line.js";
import { room } from "../state/store.js";
import { Control, Dialog, Key, Popup } from "./controls.js";
import { Choice } from "./device-lists.js";
import { HelpButton, openReport } from "./help.js";
import { DeviceControls } from "./lobby-dock.js";
import { chatOpen, chatSeen } from "./opened.js";
import { REACTIONS } from "./reactions.js";

/** How long "Leave now?" waits for the second press. */
const ASK_ONCE_MS = 5000;

export const RoomDock = observed(() => {
  const view = room.value;
  const [devicesOpen, setDevicesOpen] = useState(false);
  if (!view) return null;
  const showDevices = () => setDevicesOpen(true);
  return html`<div class="row g2 wide-only"><${HelpButton} /><button type="button" class="btn bare" onClick=${openReport}><${Icon} name="flag" />Report</button></div>
    <div class="dock" role="group" aria-label="Room controls">
      <${DeviceControls} />
      <${Control} cls="opt" icon="settings-2" word="Devices" onClick=${showDevices} />
      <${ChatControl} view=${view} />
      <${ReactControl} view=${view} />
      ${view.minutePossible ? html`<span class="sep opt"></span>` : null}
      <${MinuteControl} view=${view} cls="opt" />
      <${More} view=${view} showDevices=${showDevices} />
      <${LeaveControl} view=${view} narrow=${true} />
    </div>
    <${LeaveControl} view=${view} narrow=${false} />
    ${devicesOpen ? html`<${DeviceDialog} onClose=${() => setDevicesOpen(false)} />` : null}`;
});

/** @typedef {{ view: import("../protocol.js").RoomView }} Props */

const ChatControl = observed((/** @type {Props} */ { view }) => {
  const newest = view.chat[view.chat.length - 1]?.id ?? 0;
  useEffect(() => {
    if (chatOpen.value) chatSeen.value = newest;
  }, [newest, chatOpen.value]);
  const unread = view.chat.filter((line) => line.id > chatSeen.value && line.by !== page.me.id).length;
  const toggle = () => {
    chatOpen.value = !chatOpen.value;
  };
  useKey("b", toggle);
  return html`<${Control} icon="message-circle" word="Chat" pressed=${chatOpen.value} hotkey="B" count=${chatOpen.value ? 0 : unread} onClick=${toggle} />`;
});

/** @param {Props} props */
function ReactControl({ view }) {
  const control = (/** @type {boolean} */ open, /** @type {() => void} */ toggle) =>
    html`<${ReactButton} open=${open} toggle=${toggle} />`;
  return html`<${Popup} label="Reactions" control=${control}>${(/** @type {() => void} */ close) => html`<${ReactList} view=${view} close=${close} />`}<//>`;
}

/** @param {{ open: boolean, toggle: () => void }} props */
function ReactButton({ open, toggle }) {
  useKey("r", toggle);
  return html`<${Control} cls="opt-small" icon="smile-plus" word="React" hotkey="R" expanded=${open} onClick=${toggle} />`;
}

/** @param {Props & { close: () => void }} props */
function ReactList({ view, close }) {
  const send = (/** @type {any} */ kind) => {
    close();
    give(command.sendReaction({ room: view.id, kind }));
  };
  return html`<div class="reactions">${REACTIONS.map(({ kind, icon, word }) => html`<button type="button" class="btn bare" onClick=${() => send(kind)}><${Icon} name=${icon} cls="lg" />${word}</button>`)}</div>`;
}

/** @param {Props & { cls?: string }} props */
function MinuteControl({ view, cls = "" }) {
  const mine = view.minuteAskedBy.includes(page.me.id);
  const ask = () => give(command.askMinute({ room: view.id, wanted: !mine }));
  useKey("+", ask, view.minutePossible);
  if (!view.minutePossible) return null;
  return html`<${Control} cls=${cls} icon="timer" word=${mine ? "Asked" : "+1 min"} name=${mine ? "Take back: one more minute" : "One more minute, if all agree"}
    pressed=${mine} hotkey="+" onClick=${ask} />`;
}

/** What has no room on a phone. @param {Props & { showDevices: () => void }} props */
function More({ view, showDevices }) {
  const control = (/** @type {boolean} */ open, /** @type {() => void} */ toggle) =>
    html`<${Control} cls="mobile-more" icon="ellipsis" word="More" expanded=${open} onClick=${toggle} />`;
  return html`<${Popup} label="More" control=${control}>${(
    /** @type {() => void} */ close,
  ) => html`<div class="dock loose" onClick=${close}>
    <${Control} icon="settings-2" word="Devices" onClick=${showDevices} />
    <${MinuteControl} view=${view} />
    <${Control} icon="flag" word="Report" onClick=${openReport} />
  </div>`}<//>`;
}

/** Asks once, in place. @param {Props & { narrow: boolean }} props */
function LeaveControl({ view, narrow }) {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!asked) return undefined;
    const timer = setTimeout(() => setAsked(false), ASK_ONCE_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const press = () => (asked ? give(command.leaveSeat({ room: view.id })) : setAsked(true));
  useKey("l", press, !narrow);
  const group = view.people.length > 2;
  if (narrow)
    return html`<${Control} cls="leave mob" icon="log-out" word=${asked ? "Sure?" : "Leave"} name=${asked ? "Leave now" : "Leave this round"} onClick=${press} />`;
  const words = asked ? "Leave now?" : group ? "Leave the table" : "Leave this round";
  return html`<button type="button" class="btn bad wide-only" aria-keyshortcuts="L" data-asked=${asked} onClick=${press}><${Icon} name="log-out" />${words} ${asked ? html`<${Key} of="L" />` : null}</button>`;
}

/** @param {{ onClose: () => void }} props */
function DeviceDialog({ onClose }) {
  return html`<${Dialog} title="Devices" onClose=${onClose}><div class="stack g3"><${Choice} kind="video" /><${Choice} kind="audio" /><${Choice} kind="output" /></div><//>`;
}

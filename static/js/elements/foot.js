// @ts-check
/** The controls below, for each picture its own; and the dialogs that they open. */

import { useKey } from "../lib/keys.js";
import { html, observed } from "../lib/view.js";
import { scene } from "../state/store.js";
import { Asking } from "./help.js";
import { LobbyDock } from "./lobby-dock.js";
import { shortcutsOpen } from "./opened.js";
import { RoomDock } from "./room-dock.js";
import { Shortcuts } from "./shortcuts.js";
import { TurnDock } from "./turn-dock.js";

/** @type {Record<string, any>} */
const DOCKS = { lobby: LobbyDock, closing: LobbyDock, pair: RoomDock, group: RoomDock, changeover: TurnDock };

export const Foot = observed(() => {
  useKey("?", () => {
    shortcutsOpen.value = true;
  });
  const Dock = DOCKS[scene.value];
  return html`${Dock ? html`<${Dock} />` : null}<${Asking} />${shortcutsOpen.value ? html`<${Shortcuts} onClose=${closeShortcuts} />` : null}`;
});

const closeShortcuts = () => {
  shortcutsOpen.value = false;
};

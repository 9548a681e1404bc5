// @ts-check
/** What somebody has opened on the page. */

import { signal } from "../lib/view.js";

/** Whether the chat stands in place of the panel. */
export const chatOpen = signal(false);
/** The newest line of the room that has been seen. */
export const chatSeen = signal(0);
export const shortcutsOpen = signal(false);

export const closeChat = () => {
  chatOpen.value = false;
};

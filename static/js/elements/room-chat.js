// @ts-check
/** The chat of a room, in place of the panel: it never covers a face. */

import { Icon } from "../lib/icon.js";
import { html, observed } from "../lib/view.js";
import { firstName, listed } from "../lib/words.js";
import { others, room } from "../state/store.js";
import { ChatBox, RoomLines, Scroller } from "./chat.js";
import { closeChat } from "./opened.js";

export const RoomChat = observed(() => {
  const view = room.value;
  if (!view) return null;
  const names = listed(others(view).map((person) => firstName(person.card.name)));
  return html`<aside class="talk" aria-labelledby="chat-title">
    ${view.people.length > 2 ? null : html`<h1 class="vh">Conversation with ${names}</h1>`}
    <div class="head"><h2 id="chat-title">Chat with ${names}</h2>
      <button type="button" class="btn bare icon" aria-label="Close chat" onClick=${closeChat}><${Icon} name="x" /></button></div>
    <${Scroller} count=${view.chat.length}><${RoomLines} lines=${view.chat} label="Messages" several=${view.people.length > 2} /><//>
    <${ChatBox} room=${view.id} label=${`Message to ${names}`} placeholder="Gone when the round ends" focus=${true} />
  </aside>`;
});

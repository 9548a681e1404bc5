// @ts-check
/** The middle of the lobby for somebody without a room: why, and a free seat where there is one. */

import { Icon } from "../lib/icon.js";
import { page } from "../lib/page.js";
import { html, observed, useState } from "../lib/view.js";
import { firstName, listed, withoutRoom } from "../lib/words.js";
import { command } from "../protocol.js";
import { give } from "../state/line.js";
import { event, known, lastRoom, me, others } from "../state/store.js";
import { Rondel } from "./rondel.js";

export const Without = observed(() => {
  const mine = me.value;
  const reason = mine?.withoutRoom ?? known.value.next?.sitsOut ?? null;
  const [declined, setDeclined] = useState("");
  if (mine?.offer && mine.offer.room !== declined) {
    const room = mine.offer.room;
    return html`<${Offered} offer=${mine.offer} decline=${() => setDeclined(room)} />`;
  }
  if (reason && (event.value?.phase === "talking" || known.value.next?.sitsOut))
    return html`<${Told} reason=${reason} />`;
  if (mine && !mine.ready) return html`<${Told} reason=${{ code: "own_wish", members: [], what: [] }} />`;
  return html`<${Rondel} ...${page.me} size="xl" />`;
});

/** @param {{ reason: import("../protocol.js").Reason }} props */
const Told = observed(({ reason }) => {
  const { title, text } = withoutRoom(reason);
  const names = others(lastRoom.value).map((person) => firstName(person.card.name));
  const gone = reason.code === "alone" && names.length > 0;
  return html`<div class="told" data-without=${reason.code}>
    <span class="sign"><${Icon} name=${reason.code === "own_wish" ? "coffee" : "user-round"} /></span>
    <h2>${gone ? `${listed(names)} had to go` : title}</h2>
    <p class="muted sm">${text}</p>
    ${gone ? html`<p class="xs muted">What you said about ${listed(names)} is saved.</p>` : null}
  </div>`;
});

/** @param {{ offer: import("../protocol.js").Offer, decline: () => void }} props */
function Offered({ offer, decline }) {
  const names = listed(offer.names.map(firstName));
  return html`<div class="told" data-offer=${offer.room}>
    <h2>There is a free seat</h2>
    <p class="muted sm">${names} would have you at their table.</p>
    <div class="row centred"><button type="button" class="btn sun" onClick=${() => give(command.acceptOffer({ room: offer.room }))}>Join ${names}</button>
      <button type="button" class="btn" onClick=${decline}>Wait in the lobby</button></div>
  </div>`;
}

// @ts-check
/** A person as a circle: picture, or rondel where there is none; name tag; what is the matter. */

import { Icon } from "../lib/icon.js";
import { page } from "../lib/page.js";
import { html, observed, useLayoutEffect, useRef } from "../lib/view.js";
import { firstName } from "../lib/words.js";
import { devices, screens } from "../media/studio.js";
import { links, reactions, speaking } from "../state/store.js";
import { REACTIONS } from "./reactions.js";
import { Rondel } from "./rondel.js";

/** @typedef {import("../protocol.js").RoomPerson} RoomPerson */

/** The place where the one `<video>` of a person is put. @param {{ id: string, own: boolean, shown: boolean }} props */
export function Screen({ id, own, shown }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if (place.current) screens.show(place.current, id, own);
  }, [id, own]);
  return html`<div class=${`slot ${shown ? "" : "unseen"}`} ref=${place}></div>`;
}

/** What a partner's tile says instead of the picture. @param {RoomPerson} person @param {import("../state/store.js").LinkView | undefined} link */
export function trouble(person, link) {
  const name = firstName(person.card.name);
  if (person.presence === "left") return { icon: "user-round", text: `${name} had to go` };
  if (person.presence === "reconnecting") return { icon: "loader", text: `Finding ${name} again` };
  if (link?.state === "lost" || link?.slow)
    return { icon: "wifi-off", text: `No way through to ${name}. Use the chat` };
  if (link?.state === "repairing") return { icon: "loader", text: `Finding ${name} again` };
  if (person.presence === "coming") return { icon: "loader", text: `${name} is on the way` };
  if (link?.state === "connecting") return { icon: "loader", text: `Connecting with ${name}` };
  return null;
}

/** @param {{ person: RoomPerson, long?: boolean, children?: any }} props */
export const PartnerTile = observed(({ person, long = false, children = null }) => {
  const { id, name, pronouns } = person.card;
  const link = links.value.get(id);
  const talks = speaking.value.has(id);
  const wrong = trouble(person, link);
  const seen = person.camera && link?.state === "connected" && link.video;
  return html`<div class=${`tile them ${talks ? "speaking" : ""} ${wrong ? "frozen" : ""} ${person.presence}`}
    data-attendee=${id} data-connection=${link?.state ?? "none"} data-presence=${person.presence}>
    <${Screen} id=${id} own=${false} shown=${seen} />
    ${seen ? null : html`<span class="instead"><${Rondel} ...${person.card} size="xl" /></span>`}
    ${children}
    ${wrong ? html`<p class="wrong"><${Icon} name=${wrong.icon} cls=${wrong.icon === "loader" ? "turns" : ""} />${wrong.text}</p>` : null}
    <${Reactions} id=${id} />
    <span class="nametag">
      ${tagIcon(person.microphone, talks)}${long ? name : firstName(name)}
      ${long && pronouns ? html` <span class="muted">${pronouns}</span>` : null}
    </span>
  </div>`;
});

/** @param {boolean} microphone @param {boolean} talks */
function tagIcon(microphone, talks) {
  if (!microphone) return html`<${Icon} name="mic-off" label="Muted" />`;
  return talks ? html`<${Icon} name="audio-lines" label="Speaking" />` : null;
}

/** The own circle, mirrored. */
export const OwnTile = observed(() => {
  const seen = devices.states.video.value === "on";
  const muted = devices.states.audio.value !== "on";
  const talks = speaking.value.has(page.me.id);
  return html`<div class=${`tile own ${talks ? "speaking" : ""}`} data-attendee=${page.me.id} data-own>
    <${Screen} id=${page.me.id} own=${true} shown=${seen} />
    ${seen ? null : html`<span class="instead"><${Rondel} ...${page.me} size="l" /></span>`}
    <${Reactions} id=${page.me.id} />
    <span class="nametag">${tagIcon(!muted, talks)}You</span>
  </div>`;
});

/** @param {{ id: string }} props */
const Reactions = observed(({ id }) => {
  const mine = reactions.value.filter((one) => one.attendee === id);
  if (mine.length === 0) return null;
  const last = mine[mine.length - 1];
  const kind = REACTIONS.find((one) => one.kind === last?.kind);
  return kind
    ? html`<span class="reacted" key=${last?.key}><${Icon} name=${kind.icon} label=${kind.word} /></span>`
    : null;
});

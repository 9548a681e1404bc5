// @ts-check
/** The lobby: seats around the countdown, the programme, chat and people; and what comes next for you. */

import { clock } from "../connection/clock.js";
import { useKey } from "../lib/keys.js";
import { page } from "../lib/page.js";
import { html, observed, useState } from "../lib/view.js";
import { firstName, until } from "../lib/words.js";
import { comingUp } from "../state/scene.js";
import { event, lobbyChat, next, roster, second } from "../state/store.js";
import { ChatBox, LobbyLines, Scroller } from "./chat.js";
import { NextCard } from "./next-card.js";
import { People } from "./people.js";
import { Programme } from "./programme.js";
import { Ring } from "./ring.js";
import { Seats } from "./seats.js";
import { Without } from "./without.js";

export const Lobby = observed(() => {
  const here = roster.value.present;
  return html`<aside class="side" aria-label="Programme">
      <${Greeting} />
      <${Programme} />
    </aside>
    <section class="floor" aria-labelledby="floor-title">
      <h2 class="vh" id="floor-title">Lobby: ${here} ${here === 1 ? "person is" : "people are"} here</h2>
      <${Seats} rows=${roster.value.rows} present=${here}><${Centre} /><//>
    </section>
    <${Talk} />`;
});

/** In a break its name and hint stand here; the doors are long open. */
const Greeting = observed(() => {
  const view = event.value;
  const part = view?.agenda[view.segment];
  const rests = part?.kind === "break" && view?.phase === "lobby";
  return html`<div class="stack g2">
    <h1 data-heading>${rests ? part.title : `Come on in, ${firstName(page.me.name)}`}</h1>
    <p class="muted sm">${rests ? part.hint || "Stretch, get something to drink. We go on together." : (WELCOME[view?.phase ?? "lobby"] ?? WELCOME.lobby)}</p>
  </div>`;
});

/** @type {Record<string, string>} */
const WELCOME = {
  draft: "The doors open soon. You can stay on this page.",
  lobby: "Take a seat, say hello in the chat. We start together.",
  forming: "We are setting the tables. Here is who you meet next.",
  talking: "The others are talking. Here is your place meanwhile.",
  changeover: "The next round is close.",
};

/** The middle of the ring: the next partner, why there is no room, or the countdown alone. */
const Centre = observed(() => {
  const view = event.value;
  if (!view) return null;
  const coming = next.value && next.value.people.length > 0 && view.phase !== "talking";
  return html`<div class="centre stage">
    <div class="dial"><${CountRing} /><div class="in">${coming ? html`<${NextCard} />` : html`<${Without} />`}</div></div>
    <${Count} />
  </div>`;
});

/** The clock of the phase, or of the round the others are in. */
const CountRing = observed(() => {
  const view = event.value?.clock;
  const left = second.value ? clock.remaining(view) : null;
  return html`<${Ring} leftMs=${left ?? 1} lengthMs=${view?.lengthMs ?? 1} width=${4} />`;
});

const Count = observed(() => {
  const view = event.value;
  if (!view) return null;
  const { label, big } = countdown(view);
  return html`<div class="count" role="timer" aria-label=${label} data-countdown><span class="xs muted">${label}</span><b>${big}</b></div>`;
});

/** @param {import("../protocol.js").EventView} view */
function countdown(view) {
  const left = second.value ? clock.remaining(view.clock) : null;
  if (view.phase === "draft") return { label: "Doors open", big: doorsOpen(view) };
  if (view.waitingForPeople) return { label: "As soon as two are ready", big: "waiting for one more" };
  const { label } = comingUp(view);
  if (left === null) return { label: label.replace(/ in$/, ""), big: "at the host's word" };
  return { label: view.paused ? `${label}, once the clock runs again` : label, big: until(left) };
}

/** @param {import("../protocol.js").EventView} view */
function doorsOpen(view) {
  const opens = view.agenda[0]?.startsAt;
  if (!opens) return "when the host says so";
  const left = opens - clock.now();
  if (left < 3_600_000) return `in ${until(Math.max(0, left))}`;
  return new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" }).format(opens);
}

const TABS = /** @type {const} */ (["chat", "people"]);

const Talk = observed(() => {
  const [tab, setTab] = useState(/** @type {"chat" | "people"} */ ("chat"));
  const { rows, present } = roster.value;
  useKey("/", () => {
    setTab("chat");
    setTimeout(() => document.getElementById("lobby-chat")?.focus());
  });
  useKey("p", () => setTab("people"));
  const choose = (/** @type {KeyboardEvent} */ pressed) => {
    if (pressed.key !== "ArrowLeft" && pressed.key !== "ArrowRight") return;
    const other = tab === "chat" ? "people" : "chat";
    setTab(other);
    document.getElementById(`tab-${other}`)?.focus();
  };
  const words = { chat: "Chat", people: `People ${present}` };
  const teamOf = (/** @type {string} */ id) => rows.get(id)?.team ?? "";
  return html`<section class="talk" aria-label="Chat and people">
    <div class="tabs" role="tablist" aria-label="Chat and people" onKeyDown=${choose}>
      ${TABS.map(
        (
          name,
        ) => html`<button type="button" role="tab" id=${`tab-${name}`} aria-selected=${tab === name} aria-controls="talk-panel"
        tabindex=${tab === name ? 0 : -1} onClick=${() => setTab(name)}>${words[name]}</button>`,
      )}
    </div>
    <${Scroller} count=${lobbyChat.value.length} id="talk-panel" role="tabpanel" labelledby=${`tab-${tab}`}>
      ${tab === "chat" ? html`<${LobbyLines} lines=${lobbyChat.value} teamOf=${teamOf} label="Lobby chat" />` : html`<${People} rows=${rows} present=${present} />`}
    <//>
    ${tab === "chat" ? html`<${ChatBox} room=${null} label="Message to everyone in the lobby" placeholder="Say hello" />` : html`<span></span>`}
  </section>`;
});

// @ts-check
/** The next round before it opens: how it would be, and a host's hand on it. */

import { Icon } from "@/lib/icon.js";
import { html, observed, useEffect, useState } from "@/lib/view.js";
import { GivenUpList, Nevers, SitOut } from "./next_lists.js";
import { difference, poolSize } from "./next_moves.js";
import { NextRoomCard } from "./next_room.js";
import { PLACE, previewRound, redoRound } from "./next_wishes.js";
import { factsOf, givenUpIn, repeatWords, roomsShown, ruleWords, staleWords, whyWords } from "./next_words.js";
import { Refusal, Wish } from "./pieces.js";
import { board, nextFilter, nextOpen, phase } from "./store.js";

/** @typedef {import("./next_words.js").NextFilter} NextFilter */
/** @typedef {import("./board.js").Board} Board */

/** An answer that takes longer than this is asked for again. */
const SLOW_MS = 5_000;
/** Rooms drawn at once. */
const ROOMS = 60;
/** @type {Array<[NextFilter, string]>} */
const FILTERS = [
  ["all", "All"],
  ["again", "Repeats"],
  ["given", "Given up"],
  ["pinned", "Pinned"],
];

const Filters = observed(() => {
  const counts = FILTERS.map(([name, words]) => ({
    name,
    words,
    count: roomsShown(name, board.value).length,
  }));
  const offered = counts.filter(({ name, count }) => name === "all" || count > 0 || nextFilter.value === name);
  if (offered.length < 2) return null;
  return html`<div class="seg" role="group" aria-label="Show rooms of the next round">
    ${offered.map(
      ({
        name,
        words,
        count,
      }) => html`<button key=${name} type="button" aria-pressed=${nextFilter.value === name ? "true" : "false"}
        onClick=${() => {
          nextFilter.value = name;
        }}>${words} ${count}</button>`,
    )}
  </div>`;
});

/** @param {{ current: Board }} props */
function Rooms({ current }) {
  const [most, setMost] = useState(ROOMS);
  const rooms = roomsShown(nextFilter.value, current);
  return html`<ul class="coming-rooms" role="list" aria-label="Rooms of the next round">
      ${rooms.slice(0, most).map((room) => {
        const people = room.people.map((id) => current.people.get(id)).filter((person) => person !== undefined);
        const given = givenUpIn(current.next, room).map((line) => ruleWords(line.rule));
        return html`<${NextRoomCard} key=${room.number} room=${room} people=${people} again=${repeatWords(current, room)}
          given=${[...new Set(given)]} why=${whyWords(room)} />`;
      })}
    </ul>
    ${rooms.length > most && html`<button type="button" class="btn small" onClick=${() => setMost(most + ROOMS)}>Show more of ${rooms.length} rooms</button>`}`;
}

/** Time goes by while the matcher thinks; after a while it may be asked again. */
function Making() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return html`<p class="card sink muted sm row g2" role="status"><${Icon} name="loader" />
    ${slow ? "This takes longer than usual." : "Making the next round…"}
    ${slow && html`<${Wish} place=${PLACE} cls="small" onClick=${previewRound}>Ask again<//>`}
  </p>`;
}

/** @param {Board} current @returns {string} somebody who sits out has a reason; without any the matcher has failed */
const noRoomWords = (current) =>
  current.next.sitsOut.length > 0
    ? "No room can be made of those who are ready."
    : "The rooms could not be made in time. Make them again.";

const Made = observed(() => {
  const current = board.value;
  const { came, gone } = difference(current);
  const stale = staleWords(came, gone);
  return html`<div class="row spread"><ul class="row g2 gist" role="list">
      ${factsOf(current).map((fact) => html`<li key=${fact} class="tag">${fact}</li>`)}
    </ul><${Filters} /></div>
    ${stale && current.next.rooms > 0 && html`<p class="note warn"><${Icon} name="users-round" /><span>${stale}</span></p>`}
    ${
      current.next.rooms === 0
        ? html`<p class="card sink muted sm">${noRoomWords(current)}</p>`
        : html`<${Rooms} current=${current} />`
    }
    <div class="beside"><${SitOut} /><${GivenUpList} /><${Nevers} /></div>`;
});

/** What there is to see before anything is made. */
const Before = observed(() => {
  const few = poolSize(board.value) < 2;
  const words = few
    ? "Fewer than two people are ready."
    : "See who would meet whom, and change it, before anybody is told.";
  return html`<p class="card sink muted sm">${words}</p>
    <div class="beside"><${SitOut} /><${Nevers} /></div>`;
});

const State = observed(() => {
  const { next } = board.value;
  if (next.making && !next.made) return html`<${Making} />`;
  return next.made ? html`<${Made} />` : html`<${Before} />`;
});

/** @param {Board} current @returns {{ words: string, tone: string, icon: string }|null} who sees it */
function audience(current) {
  const { made, making, shown } = current.next;
  if (made && making) return { words: "Making it again…", tone: "", icon: "loader" };
  if (!made) return null;
  return shown
    ? { words: "People see this", tone: "pine", icon: "eye" }
    : { words: "Only hosts see this", tone: "", icon: "eye-off" };
}

const Verbs = observed(() => {
  const { next } = board.value;
  const few = poolSize(board.value) < 2;
  const { came, gone } = difference(board.value);
  if (!next.made) {
    if (few || next.making) return null;
    return html`<${Wish} place=${PLACE} cls="small pine" icon="eye" onClick=${previewRound}>Preview<//>`;
  }
  return html`${came + gone > 0 && !few && html`<${Wish} place=${PLACE} cls="small pine" icon="refresh-cw" onClick=${previewRound}>Make it again<//>`}
    <${Wish} place=${PLACE} cls="small" icon="dices" onClick=${redoRound}>Another chance<//>`;
});

/** While people talk it is folded unless a host opens it; otherwise it is what there is to do. */
const isOpen = () => nextOpen.value ?? phase.value !== "talking";

export const NextRoundPanel = observed(() => {
  const current = board.value;
  if (current.next.round === 0) return null;
  const seen = audience(current);
  const fold = () => {
    nextOpen.value = !isOpen();
  };
  return html`<section class="stack g3 next-round" aria-labelledby="ahead">
    <div class="row spread">
      <h2 id="ahead" class="lg row g2" tabindex="-1">
        <button type="button" class="fold" aria-expanded=${isOpen() ? "true" : "false"} onClick=${fold}>
          <${Icon} name=${isOpen() ? "chevron-down" : "chevron-right"} />Next: round ${current.next.round}
        </button>
        ${seen && html`<span class=${`tag ${seen.tone}`} role="status"><${Icon} name=${seen.icon} />${seen.words}</span>`}
      </h2>
      ${isOpen() && html`<div class="row g2"><${Verbs} /></div>`}
    </div>
    <${Refusal} place=${PLACE} />
    ${isOpen() && html`<${State} />`}
  </section>`;
});

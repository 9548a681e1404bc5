// @ts-check
/** The organiser's live console: opens the line, keeps the board, draws the page. */

import { connect } from "@/connection/socket.js";
import { alarm } from "@/lib/announce.js";
import { effect, html, render } from "@/lib/view.js";
import { watchTheGaps } from "./console/drag.js";
import { Frame } from "./console/frame.js";
import { liveTag } from "./console/programme.js";
import { listenForKeys } from "./console/shortcuts.js";
import { board, hear, line, tick } from "./console/store.js";
import { travelBy } from "./console/wishes.js";

const root = /** @type {HTMLElement} */ (document.getElementById("console"));
const { slug, registered, address } = /** @type {Record<string, string>} */ (root.dataset);

const road = connect({
  ticketUrl: `/events/${slug}/ticket`,
  onNotice: (notice) => {
    for (const sentence of hear(notice)) alarm(sentence);
  },
  onState: (state, news) => {
    line.value = { state, sentence: news.sentence };
  },
  last: () => board.value.seq || null,
});

travelBy(road);
listenForKeys();
watchTheGaps();
setInterval(tick, 1000);

effect(() => {
  const tag = document.getElementById("live-tag");
  const { event } = board.value;
  if (!tag || !event) return;
  const { words, tone } = liveTag(event);
  const dot = document.createElement("span");
  dot.className = "live-dot";
  tag.className = `tag ${tone}`;
  tag.replaceChildren(...(tone === "good" ? [dot] : []), words);
  tag.hidden = false;
});

render(html`<${Frame} registered=${Number(registered)} address=${address} />`, root);

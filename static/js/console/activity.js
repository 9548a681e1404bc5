// @ts-check
/** What has happened, newest first; a log that is read on demand and never announced. */

import { Icon } from "@/lib/icon.js";
import { html, observed } from "@/lib/view.js";
import { iconOf, sentenceOf } from "./feed.js";
import { steady } from "./steady.js";
import { board } from "./store.js";
import { timeOfDay } from "./words.js";

/** @typedef {import("./board.js").FeedLine} FeedLine */

const LINES = 30;

const Line = steady(
  (/** @type {{ line: FeedLine }} */ { line }) => html`<li>
    <${Icon} name=${iconOf(line)} /><span>${sentenceOf(line)}</span>
    <time datetime=${new Date(line.at).toISOString()}>${timeOfDay(line.at)}</time>
  </li>`,
);

export const Activity = observed(() => {
  const lines = board.value.feed.slice(-LINES).reverse();
  return html`<section class="stack g2 later" aria-labelledby="activity">
    <h2 id="activity" class="md">Activity</h2>
    <div role="log" aria-live="off" aria-labelledby="activity">
      ${
        lines.length === 0
          ? html`<p class="sm muted">Nothing has happened yet.</p>`
          : html`<ol class="feed-list" role="list">${lines.map((line) => html`<${Line} key=${line.id} line=${line} />`)}</ol>`
      }
    </div>
  </section>`;
});

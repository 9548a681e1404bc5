// @ts-check
/** The page's one line to the server, and giving commands over it. */

import { connect } from "../connection/socket.js";
import { alarm } from "../lib/announce.js";
import { page } from "../lib/page.js";
import { known, line as news, showBanner } from "./store.js";

const REFUSAL_MS = 8000;

/** @type {import("../connection/socket.js").Line | null} */
let line = null;

/**
 * @param {(notice: any) => void} onNotice
 */
export function openLine(onNotice) {
  line = connect({
    ticketUrl: page.urls.ticket ?? "",
    last: () => known.value.seq,
    crowd: () => known.value.roster.present,
    onNotice,
    onState: (state, { meaning, sentence, attempt, retryInMs }) => {
      // Opening and waiting take turns while the line is broken: that is one trouble, from its beginning.
      const same = (state === "open") === (news.value.state === "open");
      const since = same ? news.value.since : Date.now();
      news.value = { state, meaning, sentence, attempt, retryInMs, since };
    },
  });
}

/** Say something that needs no answer. @param {object} body */
export const tell = (body) => line?.tell(body) ?? false;

/**
 * Give a command; a refusal is shown as a sentence.
 * @param {object} command
 * @returns {Promise<boolean>} whether it was carried out
 */
export async function give(command) {
  try {
    await line?.ask(command);
    return true;
  } catch (refusal) {
    const { sentence } = /** @type {{ sentence: string }} */ (refusal);
    showBanner({ id: "refusal", tone: "warn", icon: "info", text: sentence }, REFUSAL_MS);
    alarm(sentence);
    return false;
  }
}

export const leaveEvent = () => line?.leave();

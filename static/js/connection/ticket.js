// @ts-check
/** Asks for the single-use ticket that opens a WebSocket. */

import { closeCodes } from "../protocol.js";

/** The server answers in milliseconds; after this long the road is broken. */
const TICKET_MS = 8000;
/** Answers after which another try would be refused as well. */
const FINAL = new Set([401, 403, 404, 410]);

/** The door is shut for good; the message is the sentence for people. */
export class NotAdmitted extends Error {}

/**
 * @param {string} url
 * @param {typeof fetch} fetchIt
 * @returns {Promise<string>} where the WebSocket is
 */
export async function takeTicket(url, fetchIt) {
  const answer = await fetchIt(url, {
    method: "POST",
    headers: { accept: "application/json" },
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(TICKET_MS),
  });
  if (FINAL.has(answer.status)) throw new NotAdmitted(await sentenceOf(answer));
  if (!answer.ok) throw new Error(`ticket refused with ${answer.status}`);
  return (await answer.json()).ws;
}

/** @param {Response} answer */
async function sentenceOf(answer) {
  const body = await answer.json().catch(() => null);
  return typeof body?.error === "string" ? body.error : (closeCodes[4401]?.sentence ?? "");
}

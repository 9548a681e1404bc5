// @ts-check
/** How good the connection is, and what to do about it: pure decisions over samples from `getStats`. */

/**
 * @typedef {object} Sample one look, over the seconds since the last
 * @property {number} lossIn share of packets that did not come, 0 to 1
 * @property {number} lossOut share that did not arrive over there
 * @property {number} rttMs
 * @property {number | null} outBps what the browser believes can be sent
 * @property {number} bytesIn received since the last look
 */
/** @typedef {{ step: number, bad: number, good: number }} Care how much picture is sent, and how long things have been so */

export const CALM = { step: 0, bad: 0, good: 0 };
/** So many bad looks before we take something away, so many good ones before we give it back: no to and fro. */
export const BAD_LOOKS = 2;
export const GOOD_LOOKS = 5;

const THIN_BPS = 180_000;
const VERY_THIN_BPS = 70_000;

/**
 * 3 good, 2 fair, 1 weak, 0 nothing gets through.
 * @param {Sample} sample
 * @param {boolean} [expects] whether the other side has anything to send: silence of somebody without devices is no trouble
 * @returns {0 | 1 | 2 | 3}
 */
export function health({ lossIn, lossOut, rttMs, outBps, bytesIn }, expects = true) {
  const loss = Math.max(lossIn, lossOut);
  if (expects && bytesIn === 0) return 0;
  if (loss > 0.1 || rttMs > 800 || (outBps !== null && outBps < VERY_THIN_BPS)) return 1;
  if (loss > 0.03 || rttMs > 350 || (outBps !== null && outBps < THIN_BPS)) return 2;
  return 3;
}

/** What to send next: picture goes before sound, and comes back slowly. @param {Care} care @param {number} quality @returns {Care} */
export function decide(care, quality) {
  const bad = quality <= 1 ? care.bad + 1 : 0;
  const good = quality === 3 ? care.good + 1 : 0;
  if (bad >= BAD_LOOKS && care.step < 2) return { step: care.step + 1, bad: 0, good: 0 };
  if (good >= GOOD_LOOKS && care.step > 0) return { step: care.step - 1, bad: 0, good: 0 };
  return { step: care.step, bad, good };
}

/** @typedef {{ packetsIn: number, lostIn: number, bytesIn: number, lossOut: number, rttMs: number, outBps: number | null }} Counters */

/** The numbers of one report. @param {Iterable<any>} report @returns {Counters} */
export function count(report) {
  /** @type {Counters} */
  const sum = { packetsIn: 0, lostIn: 0, bytesIn: 0, lossOut: 0, rttMs: 0, outBps: null };
  for (const row of report) addRow(sum, row);
  return sum;
}

/** @param {Counters} sum @param {any} row */
function addRow(sum, row) {
  if (row.type === "inbound-rtp") {
    sum.packetsIn += row.packetsReceived ?? 0;
    sum.lostIn += Math.max(0, row.packetsLost ?? 0);
    sum.bytesIn += row.bytesReceived ?? 0;
  }
  if (row.type === "remote-inbound-rtp") sum.lossOut = Math.max(sum.lossOut, row.fractionLost ?? 0);
  if (row.type === "candidate-pair" && row.nominated && row.state === "succeeded") {
    sum.rttMs = (row.currentRoundTripTime ?? 0) * 1000;
    sum.outBps = row.availableOutgoingBitrate ?? sum.outBps;
  }
}

/** What happened between two reports. @param {Counters} before @param {Counters} after @returns {Sample} */
export function compare(before, after) {
  const lost = Math.max(0, after.lostIn - before.lostIn);
  const came = Math.max(0, after.packetsIn - before.packetsIn);
  return {
    lossIn: lost + came === 0 ? 0 : lost / (lost + came),
    lossOut: after.lossOut,
    rttMs: after.rttMs,
    outBps: after.outBps,
    bytesIn: Math.max(0, after.bytesIn - before.bytesIn),
  };
}

export const WORDS = ["No connection", "Weak connection", "Fair connection", "Good connection"];
export const SHORT_WORDS = ["Reconnecting", "Weak", "A bit slow", "Clear"];

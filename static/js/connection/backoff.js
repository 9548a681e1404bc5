// @ts-check
/**
 * How long to wait before the next try: exponential, full jitter, so that a thousand pages do not return at once. The
 * first span grows with the crowd that may have lost its line in the same instant.
 */

export const BASE_MS = 500;
export const CAP_MS = 8000;
/** For each person here: half of them may be on the worker that died, and those left let in 2,500 a second. */
export const EACH_MS = 0.2;
/** However many they are: a room waits no longer for its people. */
const SPREAD_MOST_MS = 5000;
/** "At once" is still spread a little: every page of a worker hears it in the same instant. */
export const AT_ONCE_MS = 300;

/**
 * @param {number} attempt how many tries came before this one
 * @param {() => number} [random] between 0 and 1
 * @param {number} [crowd] how many people were here
 * @returns {number} milliseconds
 */
export function delay(attempt, random = Math.random, crowd = 0) {
  const spread = Math.min(SPREAD_MOST_MS, crowd * EACH_MS);
  const ceiling = Math.max(spread, Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 16)));
  return Math.round(random() * ceiling);
}

/**
 * @param {() => number} [random]
 * @returns {number} milliseconds
 */
export function shortDelay(random = Math.random) {
  return Math.round(random() * AT_ONCE_MS);
}

// @ts-check
/** How long to wait before the next try: exponential, full jitter, so that a thousand pages do not return at once. */

export const BASE_MS = 500;
export const CAP_MS = 8000;
/** "At once" is still spread a little: every page of a worker hears it in the same instant. */
export const AT_ONCE_MS = 300;

/**
 * @param {number} attempt how many tries came before this one
 * @param {() => number} [random] between 0 and 1
 * @returns {number} milliseconds
 */
export function delay(attempt, random = Math.random) {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 16));
  return Math.round(random() * ceiling);
}

/**
 * @param {() => number} [random]
 * @returns {number} milliseconds
 */
export function shortDelay(random = Math.random) {
  return Math.round(random() * AT_ONCE_MS);
}

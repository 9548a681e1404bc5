// @ts-check
/** Small choices that outlive the page; a browser that keeps nothing only means that they are asked again. */

const PREFIX = "rondo-";

/** @param {string} name @param {string} fallback @param {Storage | undefined} [store] @returns {string} */
export function recall(name, fallback, store = globalThis.localStorage) {
  try {
    return store?.getItem(PREFIX + name) ?? fallback;
  } catch {
    return fallback;
  }
}

/** @param {string} name @param {string} value @param {Storage | undefined} [store] */
export function remember(name, value, store = globalThis.localStorage) {
  try {
    store?.setItem(PREFIX + name, value);
  } catch {
    // Private windows and full disks refuse; nothing depends on it.
  }
}

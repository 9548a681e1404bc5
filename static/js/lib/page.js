// @ts-check
/** What the server wrote into the page for us: who we are, where, and the addresses we may use. */

/** @typedef {import("../protocol.js").Card} Card */
/**
 * @typedef {object} Page
 * @property {string} slug
 * @property {string} name the event's name
 * @property {Card} me
 * @property {boolean} languageRequired whether we cannot talk without a shared language; told to nobody else
 * @property {Record<string, string>} urls
 */

/** @returns {Page} */
function read() {
  const text = document.getElementById("page")?.textContent ?? "{}";
  return JSON.parse(text);
}

export const page = read();

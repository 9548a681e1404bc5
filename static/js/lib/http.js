// @ts-check
/** JSON over HTTP, with errors as sentences for people. */

const AWAY = "We could not reach the server. What you wrote is kept here; try again in a moment.";

/** @typedef {{ sentence: string, field: string | null, status: number }} Trouble */

/**
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 * @returns {Promise<any>} rejected with a Trouble
 */
export async function call(method, url, body) {
  const headers = { accept: "application/json", ...(body ? { "content-type": "application/json" } : {}) };
  const text = body && JSON.stringify(body);
  const answer = await fetch(url, { method, headers, body: text, credentials: "same-origin" }).catch(() => null);
  if (!answer) throw trouble(AWAY, 0);
  const said = await answer.json().catch(() => null);
  if (!answer.ok) throw trouble(said?.error ?? AWAY, answer.status, said?.field);
  return said;
}

/** @param {string} sentence @param {number} status @param {string | null} [field] @returns {Trouble} */
const trouble = (sentence, status, field = null) => ({ sentence, status, field });

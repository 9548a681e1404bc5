// @ts-check
/** The servers that help two browsers find each other; their passwords are short-lived, so they are fetched again in time. */

/** Half the shortest time for which the server issues credentials. */
const FRESH_MS = 240_000;

/** @param {string} url */
export function createIce(url) {
  /** @type {RTCConfiguration} */
  let config = { iceServers: [] };
  let fetchedAt = Number.NEGATIVE_INFINITY;

  async function refresh() {
    if (performance.now() - fetchedAt < FRESH_MS) return config;
    const answer = await fetch(url, { headers: { accept: "application/json" }, cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return config;
    const body = await answer.json();
    config = { iceServers: Array.isArray(body) ? body : (body.iceServers ?? []) };
    fetchedAt = performance.now();
    return config;
  }

  return { refresh, current: () => config };
}

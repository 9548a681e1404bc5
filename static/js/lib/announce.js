// @ts-check
/** Says things to screen readers: one polite and one assertive region a page, both there from the start. */

/** Long enough that two different sentences are heard as two. */
const SETTLE_MS = 120;
/** A region keeps a sentence this long, so that nobody finds an old one when reading the page. */
const KEPT_MS = 8000;

/** The ids of `templates/layouts/base.html`. */
const REGIONS = { polite: "say-politely", assertive: "say-now" };

/** @param {"polite" | "assertive"} manner @param {string} text */
function show(manner, text) {
  const region = document.getElementById(REGIONS[manner]);
  if (region) region.textContent = text;
}

/** @typedef {{ said: string[], timer: ReturnType<typeof setTimeout> | undefined }} Queue */
/** @type {{ polite: Queue, assertive: Queue }} */
const queues = { polite: { said: [], timer: undefined }, assertive: { said: [], timer: undefined } };

/** @param {"polite" | "assertive"} manner @param {string} sentence */
function put(manner, sentence) {
  const queue = queues[manner];
  queue.said.push(sentence);
  clearTimeout(queue.timer);
  // Emptied first and filled after a breath: some readers skip a text that equals the last one.
  show(manner, "");
  queue.timer = setTimeout(() => speak(manner), SETTLE_MS);
}

/** @param {"polite" | "assertive"} manner */
function speak(manner) {
  const queue = queues[manner];
  show(manner, queue.said.join(" "));
  queue.said = [];
  queue.timer = setTimeout(() => {
    show(manner, "");
  }, KEPT_MS);
}

/** Say it when there is a pause. @param {string} sentence */
export const say = (sentence) => put("polite", sentence);

/** Say it at once: somebody waits for an answer. @param {string} sentence */
export const alarm = (sentence) => put("assertive", sentence);

// @ts-check
/** Three short sounds, made on the spot: a chime for a round, a softer one near its end, one to try the speaker. */

import { audioContext } from "../media/level.js";
import { recall } from "./remember.js";

/** @param {AudioContext} audio @param {number} pitch @param {number} after @param {number} loud */
function note(audio, pitch, after, loud) {
  const [tone, gain] = [audio.createOscillator(), audio.createGain()];
  const start = audio.currentTime + after;
  tone.type = "sine";
  tone.frequency.value = pitch;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loud, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.9);
  tone.connect(gain).connect(audio.destination);
  tone.start(start);
  tone.stop(start + 1);
}

/** @param {number[]} pitches @param {number} loud */
async function play(pitches, loud) {
  const audio = audioContext();
  const output = /** @type {any} */ (audio);
  // Only some browsers let a page choose the speaker.
  await output.setSinkId?.(recall("output", "")).catch(() => {});
  for (const [at, pitch] of pitches.entries()) note(audio, pitch, at * 0.16, loud);
}

export const chime = () => play([523.25, 659.25, 783.99], 0.18);
export const softly = () => play([440], 0.06);

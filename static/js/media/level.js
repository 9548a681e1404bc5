// @ts-check
/** How loud the own microphone is, and when somebody counts as speaking. */

/** Quieter than this is breath and keyboards. */
export const SPEAKING_FROM = 0.03;
/** Somebody who pauses for a breath is still speaking. */
export const HANGOVER_MS = 900;

/** @type {AudioContext | null} */
let context = null;

/** One context a page; it may sleep until somebody has touched the page. @returns {AudioContext} */
export function audioContext() {
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume().catch(() => {});
  return context;
}

/**
 * A meter on a track; `read` gives 0 to 1.
 * @param {MediaStreamTrack} track
 */
export function createMeter(track) {
  const audio = audioContext();
  const source = audio.createMediaStreamSource(new MediaStream([track]));
  const analyser = audio.createAnalyser();
  analyser.fftSize = 512;
  source.connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  return {
    read() {
      analyser.getFloatTimeDomainData(wave);
      return loudness(wave);
    },
    stop: () => source.disconnect(),
  };
}

/** The root of the mean square, stretched so that talking fills about half the ring. @param {ArrayLike<number>} wave */
export function loudness(wave) {
  let sum = 0;
  for (let at = 0; at < wave.length; at += 1) sum += (wave[at] ?? 0) ** 2;
  return Math.min(1, Math.sqrt(sum / Math.max(1, wave.length)) * 4);
}

/** Turns loudness into "speaking", with patience. */
export function createSpeaking() {
  let until = 0;
  /** @param {number} loud @param {number} now */
  return (loud, now) => {
    if (loud >= SPEAKING_FROM) until = now + HANGOVER_MS;
    return now < until;
  };
}

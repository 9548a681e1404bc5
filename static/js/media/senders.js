// @ts-check
/** What goes out over one connection: which track, and how much of the picture. */

/** A picture of the size of a stamp, still moving. */
export const SMALL_VIDEO_BPS = 140_000;

/** @param {RTCPeerConnection} pc @param {string} kind */
const transceiverOf = (pc, kind) => pc.getTransceivers().find((one) => one.receiver.track.kind === kind);

/** @param {RTCPeerConnection} pc @param {string} kind @returns {RTCRtpSender | undefined} */
export const senderOf = (pc, kind) => transceiverOf(pc, kind)?.sender;

/**
 * Put our tracks into the places that the connection has, in both directions even without a device: one may come later.
 * @param {RTCPeerConnection} pc
 * @param {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null }} tracks
 */
export async function fillSenders(pc, tracks) {
  for (const kind of /** @type {const} */ (["audio", "video"])) {
    const place = transceiverOf(pc, kind);
    if (!place) continue;
    place.direction = "sendrecv";
    await place.sender.replaceTrack(tracks[kind]);
  }
}

/**
 * Picture goes before sound.
 * @param {RTCPeerConnection} pc
 * @param {number} step 0 full, 1 small, 2 none
 * @param {number} fullBps
 */
export async function limitVideo(pc, step, fullBps) {
  const sender = senderOf(pc, "video");
  const parameters = sender?.getParameters();
  const encoding = parameters?.encodings?.[0];
  if (!sender || !parameters || !encoding) return;
  encoding.active = step < 2;
  encoding.maxBitrate = step === 0 ? fullBps : SMALL_VIDEO_BPS;
  encoding.scaleResolutionDownBy = step === 0 ? 1 : 2;
  // Refused while a negotiation is under way; the next decision says it again.
  await sender.setParameters(parameters).catch(() => {});
}

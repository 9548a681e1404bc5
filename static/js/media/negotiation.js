// @ts-check
/**
 * What two ends say to each other to connect: perfect negotiation on one RTCPeerConnection at a time.
 *
 * The one with the smaller id is polite: it waits for the other's offer and gives way when both offer at once. It never
 * offers itself; what it wants anew it asks for with `restart`. So glare can only come from strangers to these rules.
 */

import { fillSenders } from "./senders.js";

const EARLY_CANDIDATES = 64;

/** @typedef {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null }} Tracks */
/** @typedef {"offer" | "answer" | "candidate" | "hang-up" | "restart"} SignalKind */
/**
 * @typedef {object} Options
 * @property {boolean} polite
 * @property {() => RTCConfiguration} ice
 * @property {() => Tracks} tracks
 * @property {(kind: SignalKind, payload: string) => void} send
 * @property {(track: MediaStreamTrack) => void} onTrack
 * @property {(state: RTCPeerConnectionState) => void} onState
 * @property {() => Promise<void>} onDescribed both descriptions may be in place now
 * @property {(config: RTCConfiguration) => RTCPeerConnection} [createPc]
 */

/** The number by which a description names its connection: RFC 8866 §5.2. @param {string | undefined} sdp @returns {string} */
export const sessionOf = (sdp) => /^o=\S+ (\S+)/m.exec(sdp ?? "")?.[1] ?? "";

export class Negotiation {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    this.closed = false;
    this.makingOffer = false;
    /** @type {string} */
    this.theirSession = "";
    /** @type {RTCIceCandidateInit[]} */
    this.early = [];
    /** One thing at a time: descriptions and candidates in the order in which they came. @type {Promise<void>} */
    this.queue = Promise.resolve();
    /** @type {RTCPeerConnection} */
    this.pc = this.#create();
  }

  #create() {
    const { createPc = (config) => new RTCPeerConnection(config), ice, send, onTrack, onState } = this.options;
    const pc = createPc(ice());
    const mine = (/** @type {(event: any) => void} */ act) => (/** @type {any} */ event) =>
      pc === this.pc && act(event);
    pc.onicecandidate = mine(({ candidate }) => candidate && send("candidate", JSON.stringify(candidate)));
    pc.ontrack = mine(({ track }) => onTrack(track));
    pc.onconnectionstatechange = mine(() => onState(pc.connectionState));
    if (!this.options.polite) for (const kind of ["audio", "video"]) pc.addTransceiver(kind, { direction: "sendrecv" });
    return pc;
  }

  /** A new connection in place of the old one, with nothing said on it yet. */
  #build() {
    this.pc.close();
    this.theirSession = "";
    this.early = [];
    this.pc = this.#create();
  }

  /** @param {() => Promise<void> | void} act */
  #run(act) {
    this.queue = this.queue.then(async () => {
      const pc = this.pc;
      try {
        if (!this.closed) await act();
      } catch (error) {
        // What fails on a connection that was replaced meanwhile is of no interest; otherwise the repairs go on.
        if (pc === this.pc && !this.closed) console.warn("negotiation", error);
      }
    });
    return this.queue;
  }

  /** @param {RTCOfferOptions} [options] */
  offer(options) {
    return this.#run(() => this.#offer(options));
  }

  /** Everything from the start; the polite one waits for the offer then. */
  beginAnew() {
    return this.#run(async () => {
      this.#build();
      if (!this.options.polite) await this.#offer();
    });
  }

  /** @param {RTCOfferOptions} [options] */
  async #offer(options) {
    this.makingOffer = true;
    try {
      await fillSenders(this.pc, this.options.tracks());
      await this.pc.setLocalDescription(await this.pc.createOffer(options));
      this.options.send("offer", JSON.stringify(this.pc.localDescription));
    } finally {
      this.makingOffer = false;
    }
  }

  /** @param {string} kind @param {any} body a description or a candidate */
  hear(kind, body) {
    if (kind === "offer") return this.#run(() => this.#offered(body));
    if (kind === "answer") return this.#run(() => this.#answered(body));
    return this.#run(() => this.#candidate(body));
  }

  /** @param {RTCSessionDescriptionInit} offer */
  async #offered(offer) {
    const { polite, tracks, send, onDescribed } = this.options;
    const collision = this.makingOffer || this.pc.signalingState !== "stable";
    if (collision && !polite) return;
    const session = sessionOf(offer.sdp);
    if (this.pc.remoteDescription && session !== this.theirSession) this.#build();
    this.theirSession = session;
    await this.pc.setRemoteDescription(offer);
    await fillSenders(this.pc, tracks());
    await this.pc.setLocalDescription(await this.pc.createAnswer());
    send("answer", JSON.stringify(this.pc.localDescription));
    await this.#takeEarly();
    await onDescribed();
  }

  /** @param {RTCSessionDescriptionInit} answer */
  async #answered(answer) {
    if (this.pc.signalingState !== "have-local-offer") return;
    this.theirSession = sessionOf(answer.sdp);
    await this.pc.setRemoteDescription(answer);
    await this.#takeEarly();
    await this.options.onDescribed();
  }

  /** @param {RTCIceCandidateInit} candidate */
  async #candidate(candidate) {
    if (this.pc.remoteDescription) await this.#add(candidate);
    else if (this.early.length < EARLY_CANDIDATES) this.early.push(candidate);
  }

  async #takeEarly() {
    const early = this.early;
    this.early = [];
    for (const candidate of early) await this.#add(candidate);
  }

  /** A candidate of a round of gathering that is over is refused, rightly. @param {RTCIceCandidateInit} candidate */
  async #add(candidate) {
    await this.pc.addIceCandidate(candidate).catch(() => {});
  }

  close() {
    this.closed = true;
    this.pc.close();
  }
}

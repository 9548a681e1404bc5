// @ts-check
/** The connection to one partner: its state in one word, and a ladder of repairs with a last rung. */

import { createTimers } from "../lib/timers.js";
import { Negotiation } from "./negotiation.js";
import { limitVideo, senderOf } from "./senders.js";

/** Without a connection after this long a first repair is tried: an offer may have met nobody. */
export const FIRST_REPAIR_MS = 5000;
/** Later repairs have longer: each begins with gathering and a handshake. */
export const REPAIR_MS = 7000;
/** A short dip heals by itself. */
export const DIP_MS = 2500;
/** From here on we say so plainly and offer the chat. */
export const SLOW_MS = 10_000;
/** Repairs in a row before we stop trying by ourselves; the partner may still begin anew. */
export const REPAIRS = 5;

/** @typedef {"connecting" | "connected" | "repairing" | "lost"} PeerState */
/** @typedef {import("./negotiation.js").Tracks} Tracks */
/**
 * @typedef {object} PeerOptions
 * @property {boolean} polite
 * @property {() => RTCConfiguration} ice
 * @property {() => Tracks} tracks
 * @property {(kind: import("./negotiation.js").SignalKind, payload: string) => void} send
 * @property {() => void} onChange
 * @property {MediaStream} stream what is received, one stream for the partner's whole stay
 * @property {(config: RTCConfiguration) => RTCPeerConnection} [createPc]
 * @property {any} [world]
 */

export class Peer {
  /** @param {PeerOptions} options */
  constructor({ polite, ice, tracks, send, onChange, stream, createPc, world }) {
    this.polite = polite;
    this.send = send;
    this.onChange = onChange;
    this.stream = stream;
    this.timers = createTimers(world);
    /** @type {PeerState} */
    this.state = "connecting";
    this.slow = false;
    this.repairs = 0;
    this.videoStep = 0;
    this.videoBps = 1_200_000;
    this.closed = false;
    const onDescribed = () => this.limit(this.videoStep);
    const onTrack = (/** @type {MediaStreamTrack} */ track) => this.#receive(track);
    const onState = (/** @type {RTCPeerConnectionState} */ state) => this.#changed(state);
    this.talk = new Negotiation({ polite, ice, tracks, send, createPc, onTrack, onState, onDescribed });
    if (!polite) this.talk.offer();
    this.timers.after("slow", SLOW_MS, () => this.#slowly());
    this.timers.after("repair", FIRST_REPAIR_MS, () => this.#repair());
  }

  get pc() {
    return this.talk.pc;
  }

  /** What the partner sent. @param {string} kind @param {string} payload */
  hear(kind, payload) {
    if (kind === "hang-up") this.#hungUp();
    else if (kind === "restart") this.talk.beginAnew();
    else this.talk.hear(kind, JSON.parse(payload));
  }

  /** @param {MediaStreamTrack} track */
  #receive(track) {
    for (const old of this.stream.getTracks()) if (old.kind === track.kind) this.stream.removeTrack(old);
    this.stream.addTrack(track);
    this.onChange();
  }

  /** @param {RTCPeerConnectionState} state */
  #changed(state) {
    if (state === "connected") this.#connected();
    if (state === "failed") this.#repair();
    if (state === "disconnected") this.#dipped();
  }

  #connected() {
    this.timers.clearAll();
    this.slow = false;
    this.repairs = 0;
    this.#become("connected");
    this.limit(this.videoStep);
  }

  #trouble() {
    this.timers.after("slow", SLOW_MS, () => this.#slowly());
    this.#become("repairing");
  }

  #dipped() {
    this.#trouble();
    this.timers.after("repair", DIP_MS, () => this.#repair());
  }

  #slowly() {
    this.slow = true;
    this.onChange();
  }

  /** One rung of the ladder: first the road alone (ICE restart), then everything anew. */
  #repair() {
    if (this.closed) return;
    if (this.repairs >= REPAIRS) {
      this.#become("lost");
      return;
    }
    this.repairs += 1;
    if (this.state === "connected") this.#trouble();
    this.timers.after("repair", REPAIR_MS, () => this.#repair());
    this.#climb(this.state === "repairing" && this.repairs === 1);
  }

  /** @param {boolean} roadAlone */
  #climb(roadAlone) {
    if (!this.polite) {
      if (roadAlone) this.talk.offer({ iceRestart: true });
      else this.talk.beginAnew();
      return;
    }
    // The other end sees the same trouble and is the one to offer, so it has the first turn.
    if (roadAlone) return;
    this.talk.beginAnew();
    this.send("restart", "{}");
  }

  /** They go, or begin anew themselves; we look again later, in case it was neither. */
  #hungUp() {
    this.#trouble();
    this.timers.after("repair", REPAIR_MS, () => this.#repair());
  }

  /** @param {PeerState} state */
  #become(state) {
    if (this.state === state || this.closed) return;
    this.state = state;
    this.onChange();
  }

  /** Send this from now on; no negotiation is needed. @param {"audio" | "video"} kind @param {MediaStreamTrack | null} track */
  async useTrack(kind, track) {
    await senderOf(this.pc, kind)
      ?.replaceTrack(track)
      .catch(() => {});
  }

  /** 0 full picture, 1 small picture, 2 sound alone. @param {number} step */
  async limit(step) {
    this.videoStep = step;
    await limitVideo(this.pc, step, this.videoBps);
  }

  /** How loud the partner is right now, 0 to 1. */
  loudness() {
    if (this.state !== "connected") return 0;
    const audio = this.pc.getReceivers().find((one) => one.track.kind === "audio");
    return audio?.getSynchronizationSources?.()[0]?.audioLevel ?? 0;
  }

  /** Tell them, and be gone. */
  hangUp() {
    if (!this.closed) this.send("hang-up", "{}");
    this.close();
  }

  close() {
    this.closed = true;
    this.timers.clearAll();
    this.talk.close();
    for (const track of this.stream.getTracks()) this.stream.removeTrack(track);
  }
}

// @ts-check
/** The peers of one room, up to four people: who joins gets a peer, who goes loses theirs, who comes back gets a new one. */

import { message } from "../protocol.js";
import { Peer } from "./peer.js";

/** Signals may overtake the notice of the room they belong to; so many are kept for it. */
const EARLY_SIGNALS = 128;
/** Upload for pictures, shared by all partners. */
const VIDEO_BPS = 1_400_000;

/** @typedef {import("../protocol.js").RoomView} RoomView */
/** @typedef {import("../protocol.js").Signalled} Signalled */
/** @typedef {{ peer: Peer, connection: string | null, past: Set<string> }} Link */
/**
 * @typedef {object} MeshOptions
 * @property {string} me
 * @property {() => RTCConfiguration} ice
 * @property {() => import("./peer.js").Tracks} tracks
 * @property {(signal: object) => void} tell
 * @property {() => void} onChange
 * @property {(config: RTCConfiguration) => RTCPeerConnection} [createPc]
 * @property {() => MediaStream} [createStream]
 * @property {any} [world]
 */

export class Mesh {
  /** @param {MeshOptions} options */
  constructor(options) {
    this.options = options;
    this.createStream = options.createStream ?? (() => new MediaStream());
    /** @type {RoomView | null} */
    this.room = null;
    /** @type {Map<string, Link>} */
    this.links = new Map();
    /** One stream a person for the whole evening, so that an element keeps what it shows. @type {Map<string, MediaStream>} */
    this.streams = new Map();
    /** @type {Signalled[]} */
    this.early = [];
  }

  /** Be connected to those who sit in this room, and to nobody else. @param {RoomView | null} room */
  sync(room) {
    if (this.room?.id !== room?.id) this.#leave();
    this.room = room;
    if (!room) return;
    const others = room.people.filter((person) => person.card.id !== this.options.me && person.presence !== "left");
    const ids = new Set(others.map((person) => person.card.id));
    for (const id of [...this.links.keys()]) if (!ids.has(id)) this.#drop(id);
    for (const person of others) this.#meet(person.card.id, person.connection);
    this.#shareUpload();
    this.#hearEarly();
  }

  /** @param {string} id @param {string | null} connection */
  #meet(id, connection) {
    const link = this.links.get(id);
    if (!link) return this.#connect(id, connection, new Set());
    if (connection === null || connection === link.connection || link.past.has(connection)) return;
    if (link.connection === null) link.connection = connection;
    else this.#renew(id, connection);
  }

  /** @param {string} id @param {string | null} connection @param {Set<string>} past */
  #connect(id, connection, past) {
    const { me, ice, tracks, onChange, createPc, world } = this.options;
    const peer = new Peer({
      polite: me < id,
      ice,
      tracks,
      onChange,
      createPc,
      world,
      stream: this.stream(id),
      send: (kind, payload) => this.#send(id, kind, payload),
    });
    this.links.set(id, { peer, connection, past });
    onChange();
  }

  /** The person is here by another tab or after a refresh: what we had leads nowhere. @param {string} id @param {string} connection */
  #renew(id, connection) {
    const link = this.links.get(id);
    const past = new Set([...(link?.past ?? []), ...(link?.connection ? [link.connection] : [])]);
    link?.peer.close();
    this.#connect(id, connection, past);
  }

  /** @param {string} to @param {any} kind @param {string} payload */
  #send(to, kind, payload) {
    if (!this.room) return;
    this.options.tell(message.signal({ to, room: this.room.id, round: this.room.round, kind, payload }));
  }

  /** What somebody in our room sent; what belongs to another room or an earlier life is void. @param {Signalled} signal */
  hear(signal) {
    if (signal.room !== this.room?.id || signal.round !== this.room.round) return this.#keep(signal);
    const link = this.links.get(signal.sender);
    if (!link) return this.#keep(signal);
    if (link.past.has(signal.connection)) return;
    if (link.connection === null) link.connection = signal.connection;
    else if (link.connection !== signal.connection) this.#renew(signal.sender, signal.connection);
    this.links.get(signal.sender)?.peer.hear(signal.kind, signal.payload);
  }

  /** @param {Signalled} signal */
  #keep(signal) {
    this.early = [...this.early.slice(1 - EARLY_SIGNALS), signal];
  }

  #hearEarly() {
    const early = this.early;
    this.early = [];
    for (const signal of early) if (this.#isFor(signal)) this.hear(signal);
  }

  /** @param {Signalled} signal */
  #isFor(signal) {
    return signal.room === this.room?.id && signal.round === this.room.round && this.links.has(signal.sender);
  }

  /** @param {string} id @returns {MediaStream} */
  stream(id) {
    const known = this.streams.get(id);
    if (known) return known;
    const stream = this.createStream();
    this.streams.set(id, stream);
    return stream;
  }

  #shareUpload() {
    for (const { peer } of this.links.values()) peer.videoBps = Math.round(VIDEO_BPS / this.links.size);
  }

  /** @param {"audio" | "video"} kind @param {MediaStreamTrack | null} track */
  useTrack(kind, track) {
    for (const { peer } of this.links.values()) peer.useTrack(kind, track);
  }

  /** @param {string} id */
  #drop(id) {
    this.links.get(id)?.peer.hangUp();
    this.links.delete(id);
    this.options.onChange();
  }

  #leave() {
    for (const id of [...this.links.keys()]) this.#drop(id);
  }
}

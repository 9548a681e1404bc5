/** Peer connections that connect to nothing: they follow the state table of JSEP and remember what was done to them. */

let sessions = 0;

const flush = () => new Promise((done) => setImmediate(done));

export class FakePc {
  constructor() {
    this.session = String(++sessions);
    this.signalingState = "stable";
    this.connectionState = "new";
    this.localDescription = null;
    this.remoteDescription = null;
    this.transceivers = [];
    this.candidates = [];
    this.offers = [];
    this.closed = false;
  }
  addTransceiver(kind) {
    const sender = {
      kind,
      track: null,
      replaceTrack: async (track) => {
        sender.track = track;
      },
      getParameters: () => ({ encodings: [] }),
    };
    this.transceivers.push({ direction: "sendrecv", sender, receiver: { track: { kind } } });
  }
  getTransceivers() {
    return this.transceivers;
  }
  getReceivers() {
    return [];
  }
  async createOffer(options = {}) {
    this.offers.push(options);
    return { type: "offer", sdp: this.sdp() };
  }
  async createAnswer() {
    return { type: "answer", sdp: this.sdp() };
  }
  sdp() {
    return `v=0\r\no=- ${this.session} 2 IN IP4 127.0.0.1\r\n`;
  }
  async setLocalDescription(description) {
    await flush();
    this.localDescription = description;
    this.signalingState = description.type === "offer" ? "have-local-offer" : "stable";
  }
  async setRemoteDescription(description) {
    await flush();
    if (description.type === "answer" && this.signalingState !== "have-local-offer") throw new Error("wrong state");
    if (description.type === "offer" && this.transceivers.length === 0)
      for (const kind of ["audio", "video"]) this.addTransceiver(kind);
    this.remoteDescription = description;
    this.signalingState = description.type === "offer" ? "have-remote-offer" : "stable";
  }
  async addIceCandidate(candidate) {
    if (!this.remoteDescription) throw new Error("too early");
    this.candidates.push(candidate);
  }
  become(state) {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
  close() {
    this.closed = true;
  }
}

export class FakeStream {
  constructor() {
    this.tracks = [];
  }
  getTracks() {
    return this.tracks;
  }
  addTrack(track) {
    this.tracks.push(track);
  }
  removeTrack(track) {
    this.tracks = this.tracks.filter((one) => one !== track);
  }
}

/** Timers by hand: `pass(ms)` fires those of this length. */
export function createTime() {
  const timers = new Map();
  let last = 0;
  return {
    setTimeout(act, ms) {
      timers.set(++last, { act, ms });
      return last;
    },
    clearTimeout: (id) => timers.delete(id),
    pass(ms) {
      for (const [id, timer] of [...timers]) {
        if (timer.ms !== ms) continue;
        timers.delete(id);
        timer.act();
      }
    },
    waits: () => [...timers.values()].map((timer) => timer.ms),
  };
}

/** Long enough for everything that is waiting on nothing but itself. */
export async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await flush();
}

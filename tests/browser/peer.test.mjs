import assert from "node:assert/strict";
import { test } from "node:test";
import { sessionOf } from "../../static/js/media/negotiation.js";
import { DIP_MS, FIRST_REPAIR_MS, Peer, REPAIR_MS, REPAIRS, SLOW_MS } from "../../static/js/media/peer.js";
import { createTime, FakePc, FakeStream, settle } from "./pcs.mjs";

/** One end, with everything it did. */
function end(polite, onSend = () => {}) {
  const made = { pcs: [], sent: [], changes: 0, time: createTime(), stream: new FakeStream() };
  made.peer = new Peer({
    polite,
    ice: () => ({}),
    tracks: () => ({ audio: "my voice", video: "my face" }),
    stream: made.stream,
    world: made.time,
    send: (kind, payload) => {
      made.sent.push(kind);
      onSend(kind, payload);
    },
    onChange: () => {
      made.changes += 1;
    },
    createPc: () => {
      const pc = new FakePc();
      made.pcs.push(pc);
      return pc;
    },
  });
  return made;
}

/** Two ends whose signals reach each other, unless `lost` says no. */
function couple(lost = () => false) {
  const ends = {};
  ends.polite = end(true, (kind, payload) => lost(kind) || ends.impolite.peer.hear(kind, payload));
  ends.impolite = end(false, (kind, payload) => lost(kind) || ends.polite.peer.hear(kind, payload));
  return ends;
}

test("only the impolite one offers, the polite one answers", async () => {
  const { polite, impolite } = couple();
  await settle();

  assert.deepEqual(impolite.sent, ["offer"]);
  assert.deepEqual(polite.sent, ["answer"]);
  assert.equal(impolite.peer.pc.signalingState, "stable");
  assert.equal(polite.peer.pc.signalingState, "stable");
});

test("both send what they have from the first description on", async () => {
  const { polite, impolite } = couple();
  await settle();

  for (const { peer } of [polite, impolite]) {
    assert.deepEqual(
      peer.pc.getTransceivers().map((one) => one.sender.track),
      ["my voice", "my face"],
    );
  }
});

test("candidates that come before the offer wait for it", async () => {
  const { peer } = end(true);
  peer.hear("candidate", JSON.stringify({ candidate: "early" }));
  await settle();
  assert.deepEqual(peer.pc.candidates, []);
  peer.hear("offer", JSON.stringify({ type: "offer", sdp: "o=- 77 2 IN\r\n" }));
  await settle();

  assert.deepEqual(peer.pc.candidates, [{ candidate: "early" }]);
});

test("in a glare the impolite one goes on with its own offer", async () => {
  const { peer, sent } = end(false);
  peer.hear("offer", JSON.stringify({ type: "offer", sdp: "o=- 88 2 IN\r\n" }));
  await settle();

  assert.deepEqual(sent, ["offer"]);
  assert.equal(peer.pc.signalingState, "have-local-offer");
});

test("an offer of another connection is met with a new one of our own", async () => {
  const { peer, pcs } = end(true);
  for (const session of ["1", "1", "2"]) {
    peer.hear("offer", JSON.stringify({ type: "offer", sdp: `o=- ${session} 2 IN\r\n` }));
    await settle();
  }

  assert.equal(pcs.length, 2);
  assert.equal(pcs[0].closed, true);
});

test("an answer that nobody waits for is dropped", async () => {
  const { peer } = end(true);
  peer.hear("answer", JSON.stringify({ type: "answer", sdp: "" }));
  await settle();

  assert.equal(peer.pc.remoteDescription, null);
});

test("an offer that met nobody is made again", async () => {
  let deaf = true;
  const { polite, impolite } = couple(() => deaf);
  await settle();
  deaf = false;
  impolite.time.pass(FIRST_REPAIR_MS);
  await settle();

  assert.deepEqual(impolite.sent, ["offer", "offer"]);
  assert.deepEqual(polite.sent, ["answer"]);
});

test("the polite one asks for an offer when none has come", async () => {
  const { time, sent } = end(true);
  time.pass(FIRST_REPAIR_MS);
  await settle();

  assert.deepEqual(sent, ["restart"]);
});

test("asked to begin anew, the impolite one offers from a new connection", async () => {
  const { peer, pcs, sent } = end(false);
  await settle();
  peer.hear("restart", "{}");
  await settle();

  assert.equal(pcs.length, 2);
  assert.deepEqual(sent, ["offer", "offer"]);
});

test("a short dip heals by itself", async () => {
  const { peer, time, pcs } = end(false);
  await settle();
  peer.pc.become("connected");
  peer.pc.become("disconnected");
  assert.equal(peer.state, "repairing");
  peer.pc.become("connected");
  time.pass(DIP_MS);

  assert.equal(peer.state, "connected");
  assert.equal(pcs.length, 1);
});

test("a longer one is first mended on the road alone, then from the start", async () => {
  const { peer, time, pcs } = end(false);
  await settle();
  peer.pc.become("connected");
  peer.pc.become("disconnected");
  time.pass(DIP_MS);
  await settle();
  assert.deepEqual(pcs[0].offers.at(-1), { iceRestart: true });
  time.pass(REPAIR_MS);
  await settle();

  assert.equal(pcs.length, 2);
});

test("repairs have an end", async () => {
  const { peer, time, pcs } = end(false);
  time.pass(FIRST_REPAIR_MS);
  for (let count = 0; count <= REPAIRS; count += 1) time.pass(REPAIR_MS);
  await settle();

  assert.equal(peer.state, "lost");
  assert.equal(pcs.length, 1 + REPAIRS);
});

test("after ten seconds without a way through we say so, and no longer once there is one", async () => {
  const { peer, time } = end(false);
  time.pass(SLOW_MS);
  assert.equal(peer.slow, true);
  peer.pc.become("connected");

  assert.equal(peer.slow, false);
});

test("what a replaced connection still reports is dropped", async () => {
  const { peer, pcs } = end(false);
  peer.hear("restart", "{}");
  await settle();
  pcs[0].become("connected");

  assert.equal(peer.state, "connecting");
});

test("a new track of the same kind takes the place of the old one", () => {
  const { peer, stream } = end(true);
  peer.pc.ontrack({ track: { kind: "video", id: 1 } });
  peer.pc.ontrack({ track: { kind: "video", id: 2 } });

  assert.deepEqual(stream.getTracks(), [{ kind: "video", id: 2 }]);
});

test("closed is closed", async () => {
  const { peer, time, sent } = end(false);
  await settle();
  peer.hangUp();
  time.pass(FIRST_REPAIR_MS);
  peer.hear("restart", "{}");
  await settle();

  assert.deepEqual(sent, ["offer", "hang-up"]);
  assert.deepEqual(time.waits(), []);
});

test("a description names its connection", () => {
  assert.equal(sessionOf("v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\n"), "4611731400430051336");
  assert.equal(sessionOf(""), "");
});

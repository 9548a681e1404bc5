import assert from "node:assert/strict";
import { test } from "node:test";
import { BAD_LOOKS, CALM, compare, count, decide, GOOD_LOOKS, health } from "../../static/js/media/quality.js";

const FINE = { lossIn: 0, lossOut: 0, rttMs: 40, outBps: 2_000_000, bytesIn: 90_000 };

for (const [what, change, expected] of [
  ["a quiet network", {}, 3],
  ["no estimate of the bandwidth", { outBps: null }, 3],
  ["some loss", { lossIn: 0.05 }, 2],
  ["a long road", { rttMs: 400 }, 2],
  ["little bandwidth", { outBps: 150_000 }, 2],
  ["much loss over there", { lossOut: 0.2 }, 1],
  ["hardly any bandwidth", { outBps: 50_000 }, 1],
  ["a very long road", { rttMs: 900 }, 1],
  ["silence", { bytesIn: 0 }, 0],
]) {
  test(`${what} is health ${expected}`, () => assert.equal(health({ ...FINE, ...change }), expected));
}

test("silence of somebody without devices is no trouble", () => {
  assert.equal(health({ ...FINE, bytesIn: 0 }, false), 3);
});

const after = (care, looks) => looks.reduce(decide, care);

test("one bad look changes nothing", () => {
  assert.equal(after(CALM, [1]).step, 0);
  assert.equal(after(CALM, [1, 3, 1, 3]).step, 0);
});

test("picture goes first, step by step, and never the sound", () => {
  assert.equal(after(CALM, Array(BAD_LOOKS).fill(1)).step, 1);
  assert.equal(after(CALM, Array(BAD_LOOKS * 2).fill(0)).step, 2);
  assert.equal(after(CALM, Array(BAD_LOOKS * 9).fill(0)).step, 2);
});

test("the picture comes back only after a good while", () => {
  const thin = { step: 2, bad: 0, good: 0 };

  assert.equal(after(thin, Array(GOOD_LOOKS - 1).fill(3)).step, 2);
  assert.equal(after(thin, Array(GOOD_LOOKS).fill(3)).step, 1);
  assert.equal(after(thin, [3, 3, 3, 3, 2, 3]).step, 2);
});

test("counters of one report are summed, and only the road in use counts", () => {
  const counters = count([
    { type: "inbound-rtp", packetsReceived: 90, packetsLost: 10, bytesReceived: 500 },
    { type: "inbound-rtp", packetsReceived: 10, packetsLost: -1, bytesReceived: 100 },
    { type: "remote-inbound-rtp", fractionLost: 0.25 },
    {
      type: "candidate-pair",
      nominated: true,
      state: "succeeded",
      currentRoundTripTime: 0.05,
      availableOutgoingBitrate: 7,
    },
    { type: "candidate-pair", nominated: false, state: "succeeded", currentRoundTripTime: 9 },
  ]);

  assert.deepEqual(counters, { packetsIn: 100, lostIn: 10, bytesIn: 600, lossOut: 0.25, rttMs: 50, outBps: 7 });
});

test("a sample is what happened in between", () => {
  const before = { packetsIn: 100, lostIn: 10, bytesIn: 600, lossOut: 0, rttMs: 50, outBps: 7 };
  const sample = compare(before, { ...before, packetsIn: 190, lostIn: 20, bytesIn: 700 });

  assert.equal(sample.lossIn, 0.1);
  assert.equal(sample.bytesIn, 100);
});

test("a rebuilt connection that counts from nothing is no loss", () => {
  const before = { packetsIn: 100, lostIn: 10, bytesIn: 600, lossOut: 0, rttMs: 50, outBps: 7 };

  assert.equal(compare(before, { ...before, packetsIn: 0, lostIn: 0, bytesIn: 0 }).lossIn, 0);
});

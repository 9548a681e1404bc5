import assert from "node:assert/strict";
import { test } from "node:test";
import { createClock } from "../../static/js/connection/clock.js";

/** A clock whose local time is set by hand. */
function byHand(start) {
  const time = { local: start };
  return { time, clock: createClock(() => time.local) };
}

test("the sample with the shortest road wins", () => {
  const { time, clock } = byHand(1000);
  clock.hear(5900); // 100 ms on the road
  time.local = 2000;
  clock.hear(6980); // 20 ms on the road
  time.local = 3000;
  clock.hear(7500); // 500 ms on the road

  assert.equal(clock.now(), 7980);
});

test("only recent samples count", () => {
  const { clock } = byHand(0);
  clock.hear(500);
  for (let count = 0; count < 8; count += 1) clock.hear(100);

  assert.equal(clock.now(), 100);
});

test("a running clock never shows less than nothing", () => {
  const { time, clock } = byHand(0);
  clock.hear(10_000);
  const view = { lengthMs: 5000, endsAt: 12_000, leftMs: null };

  assert.equal(clock.remaining(view), 2000);
  time.local = 9000;
  assert.equal(clock.remaining(view), 0);
});

test("a paused clock stands", () => {
  const { time, clock } = byHand(0);
  const view = { lengthMs: 5000, endsAt: null, leftMs: 3200 };
  time.local = 60_000;

  assert.equal(clock.remaining(view), 3200);
});

test("without a clock nothing is left to say", () => {
  assert.equal(byHand(0).clock.remaining(null), null);
});

test("after a sleep the old samples are gone", () => {
  const { clock } = byHand(0);
  clock.hear(9000);
  clock.forget();
  clock.hear(100);

  assert.equal(clock.now(), 100);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { AT_ONCE_MS, BASE_MS, CAP_MS, delay, shortDelay } from "../../static/js/connection/backoff.js";

test("the ceiling doubles with each try and stops at the cap", () => {
  const ceilings = [0, 1, 2, 3, 4, 5, 50].map((attempt) => delay(attempt, () => 1));

  assert.deepEqual(ceilings, [BASE_MS, 1000, 2000, 4000, CAP_MS, CAP_MS, CAP_MS]);
});

test("the whole span below the ceiling is used", () => {
  assert.equal(
    delay(3, () => 0),
    0,
  );
  assert.equal(
    delay(3, () => 0.25),
    1000,
  );
});

test("the larger the crowd the wider the first span, up to five seconds", () => {
  const ceilings = [0, 100, 2500, 10_000, 100_000].map((crowd) => delay(0, () => 1, crowd));

  assert.deepEqual(ceilings, [BASE_MS, BASE_MS, BASE_MS, 2000, 5000]);
  assert.equal(
    delay(4, () => 1, 10_000),
    CAP_MS,
  );
});

test("at once is spread over a moment", () => {
  assert.equal(
    shortDelay(() => 1),
    AT_ONCE_MS,
  );
});

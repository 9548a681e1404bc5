// @ts-check
/**
 * What the server's clock reads, whatever this computer's clock says.
 *
 * Every notice with `now` is one sample of the difference. The road only ever makes a sample too small, so the largest
 * of the recent ones is the best. Monotonic time underneath: a computer that sets its clock does not move ours.
 */

/** @typedef {import("../protocol.js").Clock} ClockView */

/** Two minutes of pulses; older samples say little, clocks drift. */
const SAMPLES_KEPT = 8;

/** @param {() => number} [local] monotonic milliseconds */
export function createClock(local = () => performance.timeOrigin + performance.now()) {
  /** @type {number[]} */
  let samples = [];
  const offset = () => (samples.length === 0 ? 0 : Math.max(...samples));
  const now = () => local() + offset();

  return {
    /** Take the server's reading from a notice. @param {number} instant */
    hear(instant) {
      samples = [...samples.slice(1 - SAMPLES_KEPT), instant - local()];
    },
    /** Forget what was heard: after a sleep the monotonic clock may have stood still. */
    forget() {
      samples = [];
    },
    now,
    /**
     * What is left of a clock; never below 0, and standing while it is paused.
     * @param {ClockView | null | undefined} view
     * @returns {number | null} milliseconds, null without a clock
     */
    remaining(view) {
      if (!view) return null;
      if (view.endsAt === null) return Math.max(0, view.leftMs ?? 0);
      return Math.max(0, view.endsAt - now());
    },
  };
}

export const clock = createClock();

/** @param {ClockView | null | undefined} view */
export const remaining = (view) => clock.remaining(view);

// @ts-check
/** Timers by name: setting one again replaces it, and all go at once. */

/** @param {any} [world] */
export function createTimers(world = globalThis) {
  /** @type {Map<string, unknown>} */
  const running = new Map();
  /** @param {string} name */
  const clear = (name) => {
    world.clearTimeout(running.get(name));
    running.delete(name);
  };
  return {
    /** @param {string} name @param {number} ms @param {() => void} act */
    after(name, ms, act) {
      clear(name);
      const fire = () => {
        running.delete(name);
        act();
      };
      running.set(name, world.setTimeout(fire, ms));
    },
    clear,
    clearAll: () => [...running.keys()].forEach(clear),
  };
}

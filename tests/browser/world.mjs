/** A world of our own for the line: sockets, tickets and time by hand. */

export function createWorld({ status = 200, ws = "/ws/mixer?ticket=t", error = null } = {}) {
  const timers = new Map();
  let lastTimer = 0;
  const world = {
    sockets: [],
    ticket: { status, ws, error },
    tickets: 0,
    location: { href: "https://rondo.test/e/mixer/live" },
    Math: { random: () => 1 },
    setTimeout(act, ms) {
      timers.set(++lastTimer, { act, ms });
      return lastTimer;
    },
    clearTimeout: (id) => timers.delete(id),
    async fetch() {
      world.tickets += 1;
      if (world.ticket.status === 0) throw new TypeError("no road");
      const { status: code, ws: path, error: said } = world.ticket;
      return {
        status: code,
        ok: code < 300,
        json: async () => (code < 300 ? { ticket: "t", ws: path } : { error: said }),
      };
    },
    /** Let the first timer with this length fire. */
    pass(ms) {
      const found = [...timers].find(([, timer]) => timer.ms === ms);
      if (!found) throw new Error(`no timer of ${ms} ms, there are ${[...timers.values()].map((t) => t.ms)}`);
      timers.delete(found[0]);
      found[1].act();
    },
    waits: () => [...timers.values()].map((timer) => timer.ms),
    settle: () => new Promise((done) => setImmediate(done)),
    get socket() {
      return world.sockets.at(-1);
    },
  };
  world.WebSocket = class {
    constructor(url, protocol) {
      Object.assign(this, { url, protocol, sent: [], readyState: 1, closed: null });
      world.sockets.push(this);
    }
    send(text) {
      this.sent.push(JSON.parse(text));
    }
    close(code) {
      this.closed = code;
      this.readyState = 3;
    }
    hear(notice) {
      this.onmessage({ data: JSON.stringify(notice) });
    }
    drop(code) {
      this.readyState = 3;
      this.onclose({ code });
    }
  };
  return world;
}

export const WELCOME = { type: "welcome", snapshot: { seq: 4, now: 1000 } };

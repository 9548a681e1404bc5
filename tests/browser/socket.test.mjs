import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../../static/js/connection/socket.js";
import { command, limits } from "../../static/js/protocol.js";
import { createWorld, WELCOME } from "./world.mjs";

async function opened({ world = createWorld(), last = () => null } = {}) {
  const heard = [];
  const states = [];
  const line = connect({
    ticketUrl: "/e/mixer/ticket",
    world,
    last,
    onNotice: (notice) => heard.push(notice),
    onState: (state, news) => states.push([state, news.meaning]),
  });
  await world.settle();
  return { world, line, heard, states };
}

async function greeted(options) {
  const all = await opened(options);
  all.world.socket.onopen();
  all.world.socket.hear(WELCOME);
  return all;
}

test("it opens with a ticket, the subprotocol and hello", async () => {
  const { world, states } = await opened({ last: () => 17 });
  world.socket.onopen();

  assert.equal(world.socket.url, "wss://rondo.test/ws/mixer?ticket=t");
  assert.equal(world.socket.protocol, "rooms.v1");
  const [[, hello]] = world.socket.sent;
  assert.match(hello.page, /^[0-9a-f]{12,24}$/);
  assert.deepEqual(world.socket.sent, [[null, { type: "hello", last: 17, page: hello.page }]]);
  assert.deepEqual(states, [["opening", "OPENING"]]);
});

test("after a loss it waits the longer the more people may have lost their line as well", async () => {
  const waits = [];
  for (const crowd of [10, 10_000]) {
    const world = createWorld();
    world.Math = { random: () => 1 };
    const line = connect({
      ticketUrl: "/e/mixer/ticket",
      world,
      last: () => null,
      crowd: () => crowd,
      onNotice: () => {},
      onState: (state, news) => state === "waiting" && waits.push(news.retryInMs),
    });
    await world.settle();
    world.socket.onclose({ code: 1006 });
    line.leave();
  }
  assert.deepEqual(waits, [500, 2000]);
});

test("it is open when the server has answered hello, not before", async () => {
  const { states, heard } = await greeted();

  assert.deepEqual(states.at(-1), ["open", "OPEN"]);
  assert.deepEqual(heard, [WELCOME]);
});

test("a command is settled by its number", async () => {
  const { world, line } = await greeted();
  const answer = line.ask(command.setReadiness({ ready: true }));
  const [ref, body] = world.socket.sent.at(-1);
  world.socket.hear({ type: "settled", ref });

  assert.deepEqual(body, { type: "readiness.set", ready: true });
  await answer;
});

test("a refusal brings the sentence for people", async () => {
  const { world, line } = await greeted();
  const answer = line.ask(command.turnPrompt({ room: "1-1" }));
  world.socket.hear({ type: "refused", ref: 1, reason: "too_soon", sentence: "Give it a moment." });

  await assert.rejects(answer, { reason: "too_soon", sentence: "Give it a moment." });
});

test("a command without an answer is refused after five seconds", async () => {
  const { world, line } = await greeted();
  const answer = line.ask(command.passMatch());
  world.pass(5000);

  await assert.rejects(answer, { reason: "busy" });
});

test("what has no answer yet is said again on the new line, with the same number", async () => {
  const { world, line } = await greeted();
  const answer = line.ask(command.setReadiness({ ready: false }));
  world.socket.drop(1006);
  world.pass(500);
  await world.settle();
  world.socket.onopen();
  world.socket.hear({ type: "resumed", seq: 4, now: 2000 });

  assert.deepEqual(world.socket.sent.at(-1), [1, { type: "readiness.set", ready: false }]);
  world.socket.hear({ type: "settled", ref: 1 });
  await answer;
});

test("what has no answer yet is said again when a fresh picture comes", async () => {
  const { world, line } = await greeted();
  const answer = line.ask(command.sayChat({ text: "Hello" }));
  const before = world.socket.sent.length;
  world.socket.hear({ type: "welcome", snapshot: { seq: 9, now: 3000 } });

  assert.deepEqual(world.socket.sent.slice(before), [world.socket.sent[before - 1]]);
  world.socket.hear({ type: "settled", ref: 1 });
  await answer;
});

test("a broken road is tried again, later each time", async () => {
  const world = createWorld({ status: 0 });
  const { states } = await opened({ world });
  assert.deepEqual(world.waits(), [500]);
  world.pass(500);
  await world.settle();

  assert.deepEqual(world.waits(), [1000]);
  assert.deepEqual(states.at(-1), ["waiting", "LOST"]);
});

for (const [code, meaning] of [
  [1000, "GOODBYE"],
  [4400, "MALFORMED"],
  [4401, "NOT_ADMITTED"],
  [4409, "SUPERSEDED"],
  [4410, "REMOVED"],
]) {
  test(`close code ${code} ends it`, async () => {
    const { world, line, states } = await greeted();
    world.socket.drop(code);

    assert.deepEqual(states.at(-1), ["ended", meaning]);
    await assert.rejects(line.ask(command.passMatch()));
    assert.deepEqual(world.waits(), []);
  });
}

for (const [code, pause] of [
  [1006, 500],
  [1011, 500],
  [4408, 500],
  [4429, 500],
  [4503, 300],
]) {
  test(`after close code ${code} it comes back`, async () => {
    const { world, states } = await greeted();
    world.socket.drop(code);

    assert.equal(states.at(-1)[0], "waiting");
    assert.ok(world.waits().includes(pause));
  });
}

test("a door that is shut is not knocked on again", async () => {
  const world = createWorld({ status: 403, error: "Your link is no longer good here." });
  const { states } = await opened({ world });

  assert.deepEqual(states.at(-1), ["ended", "NOT_ADMITTED"]);
  assert.equal(world.tickets, 1);
});

test("silence is taken for a dead line", async () => {
  const { world, states } = await greeted();
  const dead = world.socket;
  world.pass(limits.SILENCE_MS);

  assert.equal(dead.closed, 1000);
  assert.deepEqual(states.at(-1), ["waiting", "SILENT"]);
});

test("what an earlier socket still says is dropped", async () => {
  const { world, heard, states } = await greeted();
  const old = world.socket;
  old.drop(1006);
  world.pass(500);
  await world.settle();
  old.hear({ type: "pulse", now: 1, seq: 9 });
  old.drop(4410);

  assert.equal(heard.length, 1);
  assert.equal(states.at(-1)[0], "opening");
});

test("leaving says goodbye and stays away", async () => {
  const { world, line, states } = await greeted();
  line.leave();

  assert.deepEqual(world.socket?.sent.at(-1) ?? world.sockets[0].sent.at(-1), [null, { type: "goodbye" }]);
  assert.deepEqual(states.at(-1), ["ended", "GOODBYE"]);
});

test("what is only told is not kept for later", async () => {
  const { world, line } = await greeted();
  world.socket.drop(1006);

  assert.equal(line.tell({ type: "media.tell" }), false);
});

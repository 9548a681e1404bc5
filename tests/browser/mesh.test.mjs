import assert from "node:assert/strict";
import { test } from "node:test";
import { Mesh } from "../../static/js/media/mesh.js";
import { createTime, FakePc, FakeStream, settle } from "./pcs.mjs";

function mesh(me = "b") {
  const told = [];
  const made = new Mesh({
    me,
    ice: () => ({}),
    tracks: () => ({ audio: null, video: null }),
    tell: (signal) => told.push(signal),
    onChange: () => {},
    createPc: () => new FakePc(),
    createStream: () => new FakeStream(),
    world: createTime(),
  });
  return { mesh: made, told };
}

const person = (id, connection = `${id}-1`, presence = "here") => ({ card: { id }, connection, presence });
const room = (id, people, round = 1) => ({ id, round, people });
const signalled = (sender, more = {}) => ({
  type: "signalled",
  sender,
  connection: `${sender}-1`,
  room: "1-1",
  round: 1,
  kind: "candidate",
  payload: "{}",
  ...more,
});
const offer = (session) => ({
  kind: "offer",
  payload: JSON.stringify({ type: "offer", sdp: `o=- ${session} 2 IN\r\n` }),
});

test("there is one peer for each other person, and none for oneself", () => {
  const { mesh: net } = mesh();
  net.sync(room("1-1", [person("a"), person("b"), person("c"), person("d")]));

  assert.deepEqual([...net.links.keys()], ["a", "c", "d"]);
});

test("the one with the smaller id is polite", async () => {
  const { mesh: net, told } = mesh("b");
  net.sync(room("1-1", [person("a"), person("b"), person("c")]));
  await settle();

  assert.deepEqual(
    told.map(({ to, kind }) => [to, kind]),
    [["a", "offer"]],
  );
});

test("signals carry the room and its round", async () => {
  const { mesh: net, told } = mesh();
  net.sync(room("4-2", [person("a"), person("b")], 4));
  await settle();

  assert.deepEqual([told[0].room, told[0].round], ["4-2", 4]);
});

test("who leaves loses the peer, the others keep theirs", () => {
  const { mesh: net } = mesh();
  net.sync(room("1-1", [person("a"), person("b"), person("c")]));
  const kept = net.links.get("c").peer;
  net.sync(room("1-1", [person("a", "a-1", "left"), person("b"), person("c")]));

  assert.deepEqual([...net.links.keys()], ["c"]);
  assert.equal(net.links.get("c").peer, kept);
});

test("another room is another set of peers", () => {
  const { mesh: net } = mesh();
  net.sync(room("1-1", [person("a"), person("b")]));
  const before = net.links.get("a").peer;
  net.sync(room("2-1", [person("a"), person("b")], 2));

  assert.notEqual(net.links.get("a").peer, before);
  assert.equal(before.closed, true);
});

test("who comes back by another tab gets a new peer, and the stream stays the same", () => {
  const { mesh: net } = mesh();
  net.sync(room("1-1", [person("a"), person("b")]));
  const { peer } = net.links.get("a");
  const stream = net.stream("a");
  net.sync(room("1-1", [person("a", "a-2"), person("b")]));

  assert.notEqual(net.links.get("a").peer, peer);
  assert.equal(net.links.get("a").peer.stream, stream);
});

test("a person who is gone for a moment keeps the peer", () => {
  const { mesh: net } = mesh();
  net.sync(room("1-1", [person("a"), person("b")]));
  const { peer } = net.links.get("a");
  net.sync(room("1-1", [person("a", null, "reconnecting"), person("b")]));
  net.sync(room("1-1", [person("a", "a-1"), person("b")]));

  assert.equal(net.links.get("a").peer, peer);
});

test("a signal that overtakes its room is heard when the room is there", async () => {
  const { mesh: net, told } = mesh("a");
  net.hear(signalled("b", offer("9")));
  net.sync(room("1-1", [person("a"), person("b")]));
  await settle();

  assert.deepEqual(
    told.map(({ kind }) => kind),
    ["answer"],
  );
});

test("a signal of another round is dropped", async () => {
  const { mesh: net, told } = mesh("a");
  net.sync(room("1-1", [person("a"), person("b")]));
  net.hear(signalled("b", { ...offer("9"), round: 2 }));
  net.sync(room("1-1", [person("a"), person("b")]));
  await settle();

  assert.deepEqual(told, []);
});

test("a signal of a new connection begins anew; what the old one still says is dropped", async () => {
  const { mesh: net, told } = mesh("a");
  net.sync(room("1-1", [person("a"), person("b")]));
  const { peer } = net.links.get("b");
  net.hear(signalled("b", { ...offer("9"), connection: "b-2" }));
  net.hear(signalled("b", { ...offer("8"), connection: "b-1" }));
  await settle();

  assert.notEqual(net.links.get("b").peer, peer);
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ["answer"],
  );
});

test("early signals are kept up to a limit", () => {
  const { mesh: net } = mesh("a");
  for (let count = 0; count < 500; count += 1) net.hear(signalled("b"));

  assert.equal(net.early.length, 128);
});

test("leaving closes everything", () => {
  const { mesh: net } = mesh();
  net.sync(room("1-1", [person("a"), person("b"), person("c")]));
  net.sync(null);

  assert.equal(net.links.size, 0);
});

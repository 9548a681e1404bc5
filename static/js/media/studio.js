// @ts-check
/** Everything that is seen and heard, wired together: devices, peers of the room, screens, levels, quality. */

import { page } from "../lib/page.js";
import { effect, signal, untracked } from "../lib/view.js";
import { command } from "../protocol.js";
import { tell } from "../state/line.js";
import { line, links, room, second, sending, soundBlocked, speaking } from "../state/store.js";
import { createDevices } from "./devices.js";
import { createIce } from "./ice.js";
import { createMeter, createSpeaking } from "./level.js";
import { Mesh } from "./mesh.js";
import { CALM, compare, count, decide, health } from "./quality.js";
import { createScreens } from "./screens.js";

/** How often loudness is looked at: often enough for a hoop, seldom enough for a phone. */
const LEVEL_MS = 160;
const QUALITY_MS = 3000;
/** No more often than this are others told of our microphone and connection. */
const TELL_MS = 1000;

export const devices = createDevices();
export const ice = createIce(page.urls.ice ?? "");
export const mesh = new Mesh({
  me: page.me.id,
  ice: ice.current,
  tracks: devices.tracks,
  tell,
  onChange: publishLinks,
});
export const screens = createScreens({
  streamOf: (id) => (id === page.me.id ? (devices.stream ?? new MediaStream()) : mesh.stream(id)),
  output: () => devices.chosen.output.value,
  onBlocked: () => {
    soundBlocked.value = true;
  },
});
/** Loudness of the own microphone, 0 to 1. */
export const ownLevel = signal(0);

/** @type {Map<string, { care: import("./quality.js").Care, counters: import("./quality.js").Counters, health: number }>} */
const watched = new Map();

function publishLinks() {
  const view = [...mesh.links].map(([id, { peer }]) => {
    const video = peer.stream.getVideoTracks().length > 0;
    return /** @type {const} */ ([
      id,
      { state: peer.state, slow: peer.slow, health: watched.get(id)?.health ?? 3, video },
    ]);
  });
  links.value = new Map(view);
}

/** After a touch of the page: sound may play now. */
export function unlockSound() {
  soundBlocked.value = false;
  screens.playAll();
}

devices.follow((kind, track) => {
  mesh.useTrack(kind, track);
  if (kind === "audio") meterOn(track);
});

/** @type {ReturnType<typeof createMeter> | null} */
let meter = null;

/** @param {MediaStreamTrack | null} track */
function meterOn(track) {
  meter?.stop();
  meter = track ? createMeter(track) : null;
}

/** @type {Map<string, ReturnType<typeof createSpeaking>>} */
const patience = new Map();

/** @param {string} id @param {number} loud */
function isSpeaking(id, loud) {
  const judge = patience.get(id) ?? createSpeaking();
  patience.set(id, judge);
  return judge(loud, performance.now());
}

function lookAtLevels() {
  const own = devices.states.audio.value === "on" ? (meter?.read() ?? 0) : 0;
  ownLevel.value = Math.round(own * 60) / 60;
  const loud = [...mesh.links].map(([id, { peer }]) => /** @type {const} */ ([id, peer.loudness()]));
  const now = [/** @type {const} */ ([page.me.id, own]), ...loud].filter(([id, level]) => isSpeaking(id, level));
  const ids = now.map(([id]) => id);
  if (ids.join() !== [...speaking.value].join()) speaking.value = new Set(ids);
}

async function lookAtQuality() {
  for (const id of watched.keys()) if (!mesh.links.has(id)) watched.delete(id);
  for (const [id, { peer }] of mesh.links) if (peer.state === "connected") await lookAtLink(id, peer);
  const states = [...watched.values()];
  const step = Math.max(0, ...states.map((one) => one.care.step));
  const worst = Math.min(3, ...[...mesh.links.keys()].map((id) => watched.get(id)?.health ?? 3));
  if (step !== sending.value.step || worst !== sending.value.health) sending.value = { step, health: worst };
  publishLinks();
}

/** Whether this person has a microphone or a camera on. @param {string} id */
function sends(id) {
  const person = room.peek()?.people.find((one) => one.card.id === id);
  return person !== undefined && (person.microphone || person.camera);
}

/** @param {string} id @param {import("./peer.js").Peer} peer */
async function lookAtLink(id, peer) {
  const counters = count((await peer.pc.getStats()).values());
  const before = watched.get(id);
  const quality = before ? health(compare(before.counters, counters), sends(id)) : 3;
  const care = before ? decide(before.care, quality) : CALM;
  watched.set(id, { care, counters, health: quality });
  if (care.step !== peer.videoStep) await peer.limit(care.step);
}

let toldAt = 0;
let told = "";

/** Others see our slashed microphone, organisers our connection light. */
function tellMedia() {
  const microphone = devices.states.audio.value === "on";
  const camera = devices.states.video.value === "on";
  const fresh = command.tellMedia({ microphone, camera, health: mesh.links.size ? sending.value.health : null });
  const text = JSON.stringify(fresh);
  if (text === told || performance.now() - toldAt < TELL_MS) return;
  if (!tell(fresh)) return;
  told = text;
  toldAt = performance.now();
}

/** Called once, by the page. */
export function startStudio() {
  setInterval(lookAtLevels, LEVEL_MS);
  setInterval(lookAtQuality, QUALITY_MS);
  effect(() => {
    const view = room.value;
    untracked(() => mesh.sync(view));
  });
  effect(() => {
    // A new line starts from nothing: whatever was told before, the server may not have.
    if (line.value.state === "open") told = "";
  });
  effect(() => {
    if (second.value) tellMedia();
  });
  effect(() => {
    if (devices.chosen.output.value) screens.playAll();
  });
}

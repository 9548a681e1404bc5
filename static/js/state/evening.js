// @ts-check
/** Runs the evening: hears notices, takes seats, tells what happens by voice, sound and tab title. */

import { clock } from "../connection/clock.js";
import { alarm, say } from "../lib/announce.js";
import { page } from "../lib/page.js";
import { chime, softly } from "../lib/sound.js";
import { effect, untracked } from "../lib/view.js";
import { firstName, listed } from "../lib/words.js";
import { ice, mesh } from "../media/studio.js";
import { command } from "../protocol.js";
import { give, openLine } from "./line.js";
import { loadMet } from "./met.js";
import { narrate } from "./narrate.js";
import {
  adjusting,
  event,
  hear,
  hideBanner,
  known,
  line,
  others,
  reactions,
  room,
  scene,
  second,
  showBanner,
} from "./store.js";

const REACTION_MS = 4000;
/** Long enough to read twice. */
const NEWS_MS = 12_000;
const BROADCAST_MS = 90_000;
/** Seconds before the end of a round that are worth a word. */
const MARKS = [
  { ms: 120_000, text: "Two minutes left" },
  { ms: 60_000, text: "One minute left" },
  { ms: 30_000, text: "Time to wrap up" },
  { ms: 15_000, text: "15 seconds left" },
];
let reactionKeys = 0;

/** Be present from now on. */
export function enter() {
  if (line.value.state !== "idle") return;
  ice.refresh();
  loadMet();
  openLine(onNotice);
}

/** @param {any} notice */
function onNotice(notice) {
  const before = known.value;
  if (notice.type === "signalled") mesh.hear(notice);
  else if (notice.type in SPECIAL) SPECIAL[notice.type]?.(notice);
  hear(notice);
  for (const { text, urgent } of narrate(before, known.value, page.me.id, clock.now())) (urgent ? alarm : say)(text);
  if (known.value.room && known.value.room.id !== before.room?.id) roomEntered(known.value.room);
  if (before.room && !known.value.room) loadMet();
}

/** @param {import("../protocol.js").RoomView} view */
function roomEntered(view) {
  // A round does not wait for somebody who is still choosing a camera.
  adjusting.value = false;
  give(command.takeSeat({ room: view.id }));
  ice.refresh();
  chime();
  passed = MARKS.filter(({ ms }) => ms > (clock.remaining(view.clock) ?? 0) - 3000).map(({ ms }) => ms);
}

/** @type {Record<string, (notice: any) => void>} */
const SPECIAL = {
  "broadcast.heard": ({ text, name, seq }) => {
    showBanner({ id: `broadcast-${seq}`, tone: "", icon: "megaphone", text: `${name}: ${text}` }, BROADCAST_MS);
    say(`${name}: ${text}`);
  },
  "connection.found": ({ attendee, name }) => {
    const text = `${firstName(name)} said yes too. You will find each other on your list.`;
    showBanner({ id: `found-${attendee}`, tone: "good", icon: "user-round-check", text }, NEWS_MS);
    say(text);
    loadMet();
  },
  "reaction.seen": ({ attendee, kind }) => {
    const key = ++reactionKeys;
    reactions.value = [...reactions.value, { key, attendee, kind }].slice(-12);
    setTimeout(() => {
      reactions.value = reactions.value.filter((one) => one.key !== key);
    }, REACTION_MS);
  },
};

/** Marks of the present round that are behind us. @type {number[]} */
let passed = [];

function lookAtTime() {
  const left = clock.remaining(room.value?.clock);
  if (left === null || room.value?.clock.endsAt === null) return;
  const mark = MARKS.find(({ ms }) => left <= ms && left > ms - 3000 && !passed.includes(ms));
  if (!mark) return;
  passed.push(mark.ms);
  say(mark.text);
  if (mark.ms === 15_000) softly();
}

/** Whole seconds of the server's clock, so that all pages turn at the same instant. */
function tick() {
  second.value = clock.now();
  lookAtTime();
  setTimeout(tick, 1000 - (clock.now() % 1000) + 5);
}

/** @returns {string} */
function title() {
  const view = room.value;
  const names = others(view).map((person) => firstName(person.card.name));
  const round = event.value?.rounds ? `Round ${event.value.round}, ` : "";
  if (view) return `${round}with ${listed(names)}`;
  return TITLES[scene.value] ?? "Lobby";
}

/** @type {Record<string, string>} */
const TITLES = {
  check: "Check your camera and profile",
  changeover: "Stay in touch?",
  closing: "Wrap-up",
  ended: "The event is over",
  away: "Away",
};

/** The tab calls until somebody looks: a round has begun behind other windows. */
function callFromTab() {
  const calls = document.hidden && room.value !== null;
  document.title = `${calls ? "● " : ""}${title()} · ${page.name} · Rondo`;
}

/** The road to the server, said once when it breaks and once when it is back. */
function watchLine() {
  let wasLost = false;
  effect(() => {
    const { state } = line.value;
    if (state === "waiting" && !wasLost && untracked(() => event.value)) {
      wasLost = true;
      alarm("Finding you again. Your seat is kept.");
    }
    if (state === "open" && wasLost) {
      wasLost = false;
      say("You are back.");
    }
  });
}

/** Somebody asks for one more minute: the question stands until it is answered. */
function watchMinute() {
  effect(() => {
    const view = room.value;
    const asking = others(view).filter((person) => view?.minuteAskedBy.includes(person.card.id));
    const mine = view?.minuteAskedBy.includes(page.me.id);
    if (!view || mine || asking.length === 0) return untracked(() => hideBanner("minute"));
    const text = `${listed(asking.map((person) => firstName(person.card.name)))} asked for one more minute.`;
    const yes = { label: "Yes", run: () => give(command.askMinute({ room: view.id })) };
    const no = { label: "Not now", run: () => {} };
    return untracked(() => showBanner({ id: "minute", tone: "", icon: "timer", text, act: [yes, no] }));
  });
}

export function startEvening() {
  tick();
  watchLine();
  watchMinute();
  effect(callFromTab);
  document.addEventListener("visibilitychange", callFromTab);
}

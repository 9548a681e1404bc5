// @ts-check
/** Where the page keeps what it knows. Elements read here and never write; notices and our own modules do. */

import { clock } from "../connection/clock.js";
import { page } from "../lib/page.js";
import { recall, remember } from "../lib/remember.js";
import { computed, signal } from "../lib/view.js";
import { NOTHING, reduce } from "./reduce.js";
import { sceneOf } from "./scene.js";

/** @typedef {import("./reduce.js").Known} Known */
/** @typedef {import("../media/peer.js").PeerState} PeerState */
/** @typedef {{ state: PeerState, slow: boolean, health: number, video: boolean }} LinkView */
/** @typedef {{ id: string, tone: string, icon: string, text: string, act?: { label: string, run: () => void }[] }} Banner */

export const known = signal(NOTHING);
export const event = computed(() => known.value.event);
export const roster = computed(() => known.value.roster);
export const lobbyChat = computed(() => known.value.chat);
export const me = computed(() => known.value.me);
export const room = computed(() => known.value.room);
export const lastRoom = computed(() => known.value.lastRoom);
export const next = computed(() => known.value.next);

export const line = signal({ state: "idle", meaning: "", sentence: "", attempt: 0, retryInMs: 0, since: 0 });
const CHECKED = `checked-${page.slug}`;
/** How one came in: "both", "audio" or "none"; empty before the device check. Kept over a refresh, not over the evening. */
export const checked = signal(recall(CHECKED, "", globalThis.sessionStorage));
/** Whether the device check is open again, from the lobby. */
export const adjusting = signal(false);
export const scene = computed(() =>
  sceneOf({
    checked: checked.value !== "" && (!adjusting.value || room.value !== null),
    line: line.value.state,
    known: known.value,
  }),
);

/** The server's clock, whole seconds; what shows time reads this and is drawn once a second. */
export const second = signal(clock.now());
export const links = signal(/** @type {Map<string, LinkView>} */ (new Map()));
export const speaking = signal(/** @type {Set<string>} */ (new Set()));
/** Own sending: 0 full picture, 1 small, 2 sound alone; and the worst health of all links. */
export const sending = signal({ step: 0, health: 3 });
/** The browser wants a touch before it plays sound. */
export const soundBlocked = signal(false);
export const banners = signal(/** @type {Banner[]} */ ([]));
export const reactions = signal(/** @type {{ key: number, attendee: string, kind: string }[]} */ ([]));
/** Digits instead of words on the clock. */
export const exactTime = signal(recall("digits", "") === "on");

/** @param {any} notice */
export function hear(notice) {
  known.value = reduce(known.value, notice);
}

/** @param {"both" | "audio" | "none"} way */
export function passCheck(way) {
  remember(CHECKED, way, globalThis.sessionStorage);
  checked.value = way;
  adjusting.value = false;
}

export function toggleExactTime() {
  exactTime.value = !exactTime.value;
  remember("digits", exactTime.value ? "on" : "off");
}

/** At most so many at once; the oldest makes way. */
const BANNERS = 3;

/**
 * @param {Banner} banner shown in place of one with the same id
 * @param {number} [forMs] then it goes by itself: news that asks nothing
 */
export function showBanner(banner, forMs) {
  banners.value = [...banners.value.filter((one) => one.id !== banner.id), banner].slice(-BANNERS);
  const goes = () => {
    banners.value = banners.value.filter((one) => one !== banner);
  };
  if (forMs) setTimeout(goes, forMs);
}

/** @param {string} id */
export function hideBanner(id) {
  if (banners.value.some((one) => one.id === id)) banners.value = banners.value.filter((one) => one.id !== id);
}

/** The others in a room. @param {import("../protocol.js").RoomView | null} view */
export const others = (view) => (view?.people ?? []).filter((person) => person.card.id !== page.me.id);

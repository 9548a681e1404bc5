// @ts-check
/**
 * The own camera and microphone: asked for once, kept for the whole evening, changed without a new negotiation.
 *
 * This module owns the tracks; others get them through `tracks()` and hear of changes by `onTrack`.
 */

import { recall, remember } from "../lib/remember.js";
import { batch, signal } from "../lib/view.js";
import { ask, permission, trouble, WANTED } from "./permission.js";

/** @typedef {"audio" | "video"} Kind */
/** @typedef {"unknown" | "asking" | "on" | "off" | "blocked" | "none" | "busy" | "stopped" | "unused"} DeviceState */

/** @type {Kind[]} */
const KINDS = ["audio", "video"];
const LIST = { audio: "audioinput", video: "videoinput" };

export function createDevices(media = navigator.mediaDevices) {
  const states = {
    audio: signal(/** @type {DeviceState} */ ("unknown")),
    video: signal(/** @type {DeviceState} */ ("unknown")),
  };
  /** @type {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null }} */
  const current = { audio: null, video: null };
  const lists = signal(/** @type {MediaDeviceInfo[]} */ ([]));
  /** Counts changes of tracks, so that views look again. */
  const changes = signal(0);
  const chosen = {
    audio: signal(recall("audio", "")),
    video: signal(recall("video", "")),
    output: signal(recall("output", "")),
  };
  /** @type {(kind: Kind, track: MediaStreamTrack | null) => void} */
  let onTrack = () => {};
  const stream = typeof MediaStream === "undefined" ? null : new MediaStream();

  /** @param {Kind} kind @param {MediaStreamTrack | null} track */
  function install(kind, track) {
    const old = current[kind];
    if (old && old !== track) {
      old.onended = null;
      old.stop();
      stream?.removeTrack(old);
    }
    current[kind] = track;
    if (track) {
      stream?.addTrack(track);
      track.onended = () => lose(kind);
    }
    onTrack(kind, track);
    changes.value += 1;
  }

  /** @param {Kind} kind */
  function lose(kind) {
    install(kind, null);
    states[kind].value = "stopped";
  }

  /** @param {Kind} kind @param {MediaStreamTrack} track */
  function accept(kind, track) {
    install(kind, track);
    states[kind].value = track.enabled ? "on" : "off";
    chosen[kind].value = track.getSettings().deviceId ?? "";
  }

  /** @param {Kind[]} kinds @returns {Promise<unknown>} what went wrong, null if nothing */
  async function take(kinds) {
    const got = await ask(media, kinds, chosen).catch((error) => error);
    if (!(got instanceof MediaStream)) return got;
    batch(() => {
      for (const track of got.getTracks()) accept(/** @type {Kind} */ (track.kind), track);
    });
    return null;
  }

  /** Both refused at once says nothing of each; ask for one where that brings no second question. @param {Kind[]} kinds @param {unknown} error */
  async function takeEach(kinds, error) {
    for (const kind of kinds) {
      const worth = trouble(error) !== "blocked" || (kinds.length > 1 && (await permission(kind)) === "granted");
      const left = worth && kinds.length > 1 ? await take([kind]) : error;
      if (left) states[kind].value = trouble(left);
    }
  }

  async function refresh() {
    lists.value = (await media?.enumerateDevices?.().catch(() => [])) ?? [];
  }

  /** Ask for what is wanted; the one question of the evening. @param {Kind[]} kinds */
  async function open(kinds = KINDS) {
    if (!media?.getUserMedia) {
      for (const kind of kinds) states[kind].value = "none";
      return;
    }
    for (const kind of kinds) states[kind].value = "asking";
    const error = await take(kinds);
    if (error) await takeEach(kinds, error);
    await refresh();
  }

  /** Do without, and let the lamp go out. @param {Kind} kind */
  function close(kind) {
    install(kind, null);
    states[kind].value = "unused";
  }

  /** @param {Kind} kind @param {boolean} on */
  async function turn(kind, on) {
    const track = current[kind];
    if (!track) return on ? open([kind]) : undefined;
    track.enabled = on;
    states[kind].value = on ? "on" : "off";
    changes.value += 1;
  }

  /** Another device in place of this one; sent without a new negotiation. @param {Kind} kind @param {string} id */
  async function choose(kind, id) {
    const wasOff = states[kind].value === "off";
    remember(kind, id);
    chosen[kind].value = id;
    const got = await media
      .getUserMedia({ [kind]: { ...WANTED[kind], deviceId: { exact: id } } })
      .catch((error) => error);
    if (!(got instanceof MediaStream)) {
      if (!current[kind]) states[kind].value = trouble(got);
      return false;
    }
    const track = /** @type {MediaStreamTrack} */ (got.getTracks()[0]);
    // Never turn on what was off.
    track.enabled = !wasOff;
    accept(kind, track);
    return true;
  }

  /** @param {string} id */
  function chooseOutput(id) {
    remember("output", id);
    chosen.output.value = id;
  }

  media?.addEventListener?.("devicechange", refresh);

  return {
    states,
    chosen,
    changes,
    stream,
    open,
    close,
    turn,
    choose,
    chooseOutput,
    tracks: () => current,
    /** @param {Kind | "output"} kind */
    list: (kind) =>
      lists.value.filter((one) => one.kind === (kind === "output" ? "audiooutput" : LIST[kind]) && one.deviceId),
    /** @param {typeof onTrack} heard */
    follow(heard) {
      onTrack = heard;
    },
  };
}

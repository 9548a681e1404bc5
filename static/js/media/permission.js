// @ts-check
/** Asking the browser for devices, and what its refusals mean. */

/** A square face needs no more; less to send is more that arrives. */
export const WANTED = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24, max: 30 } },
};

/** @typedef {"audio" | "video"} Kind */

/**
 * @param {MediaDevices} media
 * @param {Kind[]} kinds
 * @param {Record<Kind, { value: string }>} chosen a wish, not a condition: that device may be at home
 */
export function ask(media, kinds, chosen) {
  /** @type {MediaStreamConstraints} */
  const wish = {};
  for (const kind of kinds) {
    const id = chosen[kind].value;
    wish[kind] = id ? { ...WANTED[kind], deviceId: { ideal: id } } : WANTED[kind];
  }
  return media.getUserMedia(wish);
}

/** What a refusal means. @param {any} error @returns {"blocked" | "none" | "busy"} */
export function trouble(error) {
  if (error?.name === "NotAllowedError" || error?.name === "SecurityError") return "blocked";
  if (error?.name === "NotFoundError" || error?.name === "OverconstrainedError") return "none";
  return "busy";
}

const NAMES = { audio: "microphone", video: "camera" };

/** @param {Kind} kind @returns {Promise<string>} "unknown" where the browser does not say */
export async function permission(kind) {
  const status = await query(kind);
  return status?.state ?? "unknown";
}

/** Call back as soon as the person has allowed it in the browser's settings. @param {Kind} kind @param {() => void} allowed */
export async function whenAllowed(kind, allowed) {
  const status = await query(kind);
  status?.addEventListener("change", () => status.state === "granted" && allowed());
}

/** @param {Kind} kind */
async function query(kind) {
  const name = /** @type {PermissionName} */ (NAMES[kind]);
  return navigator.permissions?.query({ name }).catch(() => null);
}

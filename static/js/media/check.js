// @ts-check
/** Tries out, before the evening, whether calls get through: two connections on this page, by the servers we will use. */

const GATHER_MS = 6000;

/** @typedef {"direct" | "relayed" | "blocked"} Verdict */

/**
 * What the findings mean.
 * @param {{ connected: boolean, types: Set<string>, servers: number }} findings
 * @returns {Verdict}
 */
export function judge({ connected, types, servers }) {
  if (!connected) return "blocked";
  if (servers === 0 || types.has("srflx") || types.has("prflx")) return "direct";
  // A server that sees us under the address we have ourselves adds no candidate, and says nothing bad.
  if (types.has("error") && !types.has("relay")) return "blocked";
  return types.has("error") ? "relayed" : "direct";
}

/** @type {Record<Verdict, { tone: string, icon: string, sentence: string }>} */
export const VERDICTS = {
  direct: { tone: "good", icon: "wifi", sentence: "Your connection is good enough for video." },
  relayed: {
    tone: "good",
    icon: "wifi",
    sentence: "Your network is strict, so we take the longer way round. Video works, perhaps a little later.",
  },
  blocked: {
    tone: "warn",
    icon: "wifi-off",
    sentence:
      "Your network holds calls back. Try another one, such as your phone's hotspot, or switch a VPN off. " +
      "You can take part by chat in any case.",
  },
};

/**
 * @param {RTCConfiguration} config
 * @returns {Promise<Verdict>}
 */
export async function tryConnection(config) {
  if (typeof RTCPeerConnection === "undefined") return "blocked";
  const [one, other] = [new RTCPeerConnection(config), new RTCPeerConnection(config)];
  const types = new Set();
  try {
    const gathered = watch(one, other, types);
    const connected = await Promise.race([handshake(one, other), pause(GATHER_MS).then(() => false)]);
    if (connected) await Promise.race([gathered, pause(GATHER_MS / 2)]);
    return judge({ connected, types, servers: config.iceServers?.length ?? 0 });
  } finally {
    one.close();
    other.close();
  }
}

/** @param {RTCPeerConnection} one @param {RTCPeerConnection} other @param {Set<string>} types @returns {Promise<void>} */
function watch(one, other, types) {
  other.onicecandidate = ({ candidate }) => candidate && one.addIceCandidate(candidate).catch(() => {});
  one.onicecandidateerror = () => types.add("error");
  return new Promise((resolve) => {
    one.onicecandidate = ({ candidate }) => {
      if (!candidate) return resolve();
      types.add(candidate.type ?? "host");
      other.addIceCandidate(candidate).catch(() => {});
    };
  });
}

/** @param {RTCPeerConnection} one @param {RTCPeerConnection} other @returns {Promise<boolean>} */
async function handshake(one, other) {
  const channel = one.createDataChannel("try");
  const opened = new Promise((resolve) => {
    channel.onopen = () => resolve(true);
  });
  await one.setLocalDescription(await one.createOffer());
  await other.setRemoteDescription(/** @type {RTCSessionDescription} */ (one.localDescription));
  await other.setLocalDescription(await other.createAnswer());
  await one.setRemoteDescription(/** @type {RTCSessionDescription} */ (other.localDescription));
  return opened;
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

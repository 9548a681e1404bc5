// @ts-check
/** What is said aloud when something changes: from what was known before and after, nothing else. */

import { firstName, listed, shared, spokenMinutes, whereabouts, withoutRoom } from "../lib/words.js";

/** @typedef {import("./reduce.js").Known} Known */
/** @typedef {{ urgent?: boolean, text: string }} Saying */

/**
 * @param {Known} before
 * @param {Known} after
 * @param {string} myId
 * @param {number} now
 * @returns {Saying[]}
 */
export function narrate(before, after, myId, now) {
  if (!before.event) return [];
  return [
    ...ofRoom(before, after, myId, now),
    ...ofPhase(before, after),
    ...ofNext(before, after),
    ...ofMe(before, after),
    ...ofPartners(before, after, myId),
  ];
}

/** @param {Known} before @param {Known} after @param {string} myId @param {number} now @returns {Saying[]} */
function ofRoom(before, after, myId, now) {
  if (after.room && after.room.id !== before.room?.id) return [{ text: entering(after, myId, now) }];
  if (after.room?.extended && !before.room?.extended) return [{ text: "One minute more." }];
  if (before.room && !after.room) return leaving(before, after, myId);
  return [];
}

/** @param {Known} known @param {string} myId @param {number} now */
function entering({ room, event }, myId, now) {
  if (!room) return "";
  const people = room.people.filter((one) => one.card.id !== myId).map((one) => introduce(one.card, now));
  const round = event && event.rounds > 0 ? `Round ${event.round} of ${event.rounds}. ` : "";
  const common = shared(
    room.reasons,
    room.people.map((one) => one.card.id),
  );
  const both = common.length ? ` You ${people.length > 1 ? "all" : "both"} enjoy ${listed(common)}.` : "";
  const left = room.clock.endsAt === null ? room.clock.leftMs : room.clock.endsAt - now;
  return `${round}You are with ${people.join("; ")}.${both} ${spokenMinutes(left ?? room.clock.lengthMs)}.`;
}

/** @param {import("../protocol.js").Card} card @param {number} now */
function introduce(card, now) {
  return [card.name, card.said, card.team, whereabouts(card, now)].filter(Boolean).join(", ");
}

/** @param {Known} before @param {Known} after @param {string} myId @returns {Saying[]} */
function leaving(before, after, myId) {
  const names = (before.room?.people ?? [])
    .filter((one) => one.card.id !== myId)
    .map((one) => firstName(one.card.name));
  if (after.leftBecause === "alone") return [{ text: `${listed(names)} had to go. It happens.` }];
  if (after.leftBecause === "round_ended" && after.event?.phase === "changeover") {
    return [{ text: `Round ${after.event.round} is over. Stay in touch with ${listed(names)}?` }];
  }
  return after.leftBecause === "left" ? [{ text: "You left this round." }] : [];
}

/** @param {Known} before @param {Known} after @returns {Saying[]} */
function ofPhase({ event: before }, { event: after }) {
  if (!before || !after) return [];
  /** @type {Saying[]} */
  const said = [];
  if (after.paused !== before.paused) {
    said.push({
      text: after.paused ? "A host has stopped the clock. You can go on talking." : "The clock runs again.",
    });
  }
  if (after.waitingForPeople && !before.waitingForPeople)
    said.push({ text: "Waiting for one more person who is ready." });
  if (after.segment !== before.segment) said.push({ text: after.agenda[after.segment]?.title ?? "" });
  if (after.phase === "ended" && before.phase !== "ended")
    said.push({ text: "The event is over. Your list is ready." });
  return said;
}

/** @param {Known} before @param {Known} after @returns {Saying[]} */
function ofNext({ next: before }, { next: after }) {
  const names = (/** @type {typeof after} */ one) => (one?.people ?? []).map((card) => card.id).join();
  if (!after || names(before) === names(after) || after.people.length === 0) return [];
  const people = after.people.map((card) => [card.name, card.said, card.team, card.place].filter(Boolean).join(", "));
  return [{ text: `Next: ${people.join("; ")}.` }];
}

/** @param {Known} before @param {Known} after @returns {Saying[]} */
function ofMe({ me: before }, { me: after }) {
  if (!after) return [];
  if (after.offer && after.offer.room !== before?.offer?.room) {
    return [
      { urgent: true, text: `There is a free seat with ${listed(after.offer.names.map(firstName))}. Join them?` },
    ];
  }
  if (after.withoutRoom && after.withoutRoom.code !== before?.withoutRoom?.code) {
    const { title, text } = withoutRoom(after.withoutRoom);
    return after.withoutRoom.code === "alone" ? [] : [{ text: `${title}. ${text}` }];
  }
  return [];
}

/** @param {Known} before @param {Known} after @param {string} myId @returns {Saying[]} */
function ofPartners({ room: before }, { room: after }, myId) {
  if (!before || !after || before.id !== after.id) return [];
  const asked = after.minuteAskedBy.filter((id) => id !== myId && !before.minuteAskedBy.includes(id));
  const said = after.people.filter((one) => one.card.id !== myId).flatMap((one) => changes(before, one));
  const names = after.people.filter((one) => asked.includes(one.card.id)).map((one) => firstName(one.card.name));
  return [
    ...names.map((name) => ({ urgent: true, text: `${name} asked for one more minute. Yes or not now?` })),
    ...said,
  ];
}

/** @param {import("../protocol.js").RoomView} before @param {import("../protocol.js").RoomPerson} now @returns {Saying[]} */
function changes(before, now) {
  const then = before.people.find((one) => one.card.id === now.card.id);
  const name = firstName(now.card.name);
  if (!then) return [{ text: `${name} joins you.` }];
  const said = [];
  if (now.presence !== then.presence) said.push(PRESENCE[`${then.presence} ${now.presence}`] ?? "");
  if (now.microphone !== then.microphone) said.push(now.microphone ? "can be heard" : "is muted");
  if (now.camera !== then.camera) said.push(now.camera ? "has the camera on" : "has the camera off");
  return said.filter(Boolean).map((text) => ({ text: `${name} ${text}.` }));
}

/** @type {Record<string, string>} */
const PRESENCE = {
  "here reconnecting": "is reconnecting",
  "reconnecting here": "is back",
  "here left": "had to go",
  "reconnecting left": "had to go",
};

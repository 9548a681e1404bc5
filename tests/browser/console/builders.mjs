// A board of people and rooms, as the server would tell it.

export const NOW = 1_000_000;

export const person = (id, name, fields = {}) => ({
  id,
  name,
  team: "",
  presence: "here",
  ready: true,
  room: null,
  why: null,
  health: 3,
  microphone: true,
  camera: true,
  arrivedAt: 0,
  goneSince: null,
  helpText: null,
  helpAt: null,
  removed: false,
  ...fields,
});

export const clock = (fields = {}) => ({ lengthMs: 240_000, endsAt: NOW + 120_000, leftMs: null, ...fields });

export const room = (number, people, fields = {}) => ({
  id: `1-${number}`,
  number,
  people,
  clock: clock(),
  extended: false,
  ...fields,
});

export const segment = (kind, title, fields = {}) => ({
  kind,
  title,
  startsAt: null,
  lengthMs: 600_000,
  rounds: 0,
  size: 0,
  roundLengthMs: 0,
  changeoverMs: 0,
  hint: "",
  ...fields,
});

export const AGENDA = [
  segment("lobby", "Doors open"),
  segment("rounds", "Speed rounds", { rounds: 3, size: 2, roundLengthMs: 240_000, changeoverMs: 12_000 }),
  segment("break", "Breather", { startsAt: NOW + 900_000 }),
  segment("closing", "Wrap-up", { startsAt: NOW + 1_500_000 }),
];

export const event = (fields = {}) => ({
  id: "mixer",
  name: "Mixer",
  phase: "talking",
  segment: 1,
  agenda: AGENDA,
  round: 1,
  rounds: 3,
  clock: clock(),
  paused: false,
  behindMs: 0,
  waitingForPeople: false,
  ...fields,
});

/** Ada and Ben in room 1, Cy and Dee in room 2, Eve without one. */
export function welcome(fields = {}) {
  const people = [
    person("a", "Ada Eze", { room: "1-1" }),
    person("b", "Ben Stone", { room: "1-1" }),
    person("c", "Cy Young", { room: "1-2" }),
    person("d", "Dee Lite", { room: "1-2" }),
    person("e", "Eve Adams", { why: { code: "latecomer", members: [], what: [] } }),
  ];
  return {
    type: "welcome",
    snapshot: {
      seq: 5,
      now: NOW,
      event: event(),
      roster: [],
      present: 5,
      ready: 5,
      chat: [],
      me: null,
      room: null,
      next: null,
      board: {
        people,
        rooms: [room(2, ["c", "d"]), room(1, ["a", "b"])],
        feed: [],
        reports: [],
        connectionsMade: 2,
        organisers: ["Nadia"],
        ...fields,
      },
    },
  };
}

export const boardChanged = (fields) => ({
  type: "board.changed",
  seq: 6,
  now: NOW,
  people: [],
  rooms: [],
  roomsClosed: [],
  feed: [],
  reports: [],
  connectionsMade: null,
  organisers: null,
  ...fields,
});

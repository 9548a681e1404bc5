// @ts-check
/** The six reactions, in icons and words. */

export const REACTIONS = /** @type {const} */ ([
  { kind: "wave", icon: "hand", word: "Wave" },
  { kind: "clap", icon: "sparkles", word: "Bravo" },
  { kind: "laugh", icon: "laugh", word: "Laugh" },
  { kind: "heart", icon: "heart", word: "Heart" },
  { kind: "thumb", icon: "thumbs-up", word: "Agree" },
  { kind: "think", icon: "lightbulb", word: "Hm" },
]);

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** An emoji and what it is called. */
export type Emoji = readonly [emoji: string, name: string];

/** Offered at once. */
export const QUICK: readonly Emoji[] = [
  ["👍", "Thumbs up"],
  ["❤️", "Red heart"],
  ["😂", "Tears of joy"],
  ["😮", "Surprise"],
  ["😢", "Crying"],
  ["🙏", "Folded hands"],
];

/** Offered in the picker, group by group. */
export const GROUPS: readonly { readonly title: string; readonly emoji: readonly Emoji[] }[] = [
  {
    title: "Faces",
    emoji: [
      ["😀", "Grin"],
      ["😂", "Tears of joy"],
      ["🙂", "Smile"],
      ["😉", "Wink"],
      ["😊", "Blush"],
      ["😍", "Heart eyes"],
      ["😘", "Kiss"],
      ["😎", "Sunglasses"],
      ["🤔", "Thinking"],
      ["😮", "Surprise"],
      ["😴", "Asleep"],
      ["😅", "Sweating smile"],
      ["😢", "Crying"],
      ["😭", "Sobbing"],
      ["😡", "Anger"],
      ["🤯", "Mind blown"],
    ],
  },
  {
    title: "Hands and hearts",
    emoji: [
      ["👍", "Thumbs up"],
      ["👎", "Thumbs down"],
      ["👏", "Applause"],
      ["🙌", "Raised hands"],
      ["🙏", "Folded hands"],
      ["👋", "Wave"],
      ["💪", "Strong arm"],
      ["🤝", "Handshake"],
      ["❤️", "Red heart"],
      ["🧡", "Orange heart"],
      ["💛", "Yellow heart"],
      ["💚", "Green heart"],
      ["💙", "Blue heart"],
      ["💜", "Purple heart"],
      ["🖤", "Black heart"],
      ["💔", "Broken heart"],
    ],
  },
  {
    title: "Things",
    emoji: [
      ["🎉", "Party"],
      ["🔥", "Fire"],
      ["✨", "Sparkles"],
      ["⭐", "Star"],
      ["✅", "Done"],
      ["❌", "Cross"],
      ["👀", "Eyes"],
      ["💡", "Idea"],
      ["🕊️", "Dove"],
      ["🌊", "Wave of the sea"],
      ["🌹", "Rose"],
      ["☀️", "Sun"],
      ["☕", "Coffee"],
      ["🍵", "Tea"],
      ["🎂", "Cake"],
      ["🚀", "Rocket"],
    ],
  },
];

const NAMES = new Map<string, string>([...QUICK, ...GROUPS.flatMap(({ emoji }) => emoji)]);

/** What a reaction is called; the reaction itself where nobody here knows. */
export function nameOf(reaction: string): string {
  return NAMES.get(reaction) ?? reaction;
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";

const PATHS = {
  bell: "M6 16.5c1.2-1.5 1.5-3 1.5-6a4.5 4.5 0 0 1 9 0c0 3 .3 4.5 1.5 6zM10.5 19.5h3",
  bellOff: [
    "M6 16.5c1.2-1.5 1.5-3 1.5-6M9 7.2a4.5 4.5 0 0 1 7.5 3.3c0 1.5.1 2.7.4 3.7",
    "M6 16.5h9.5M10.5 19.5h3M4.5 4.5l15 15",
  ].join(""),
  bin: "M4.5 6.5h15M9.5 6V4h5v2M6.5 6.5l1 13.5h9l1-13.5M10 10.5v6M14 10.5v6",
  back: "M15 5l-7 7 7 7",
  at: [
    "M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
    "M15.5 8.5v4.5c0 3.5 5 3 5-1A8.5 8.5 0 1 0 16 19.5",
  ].join(""),
  archive: "M4 5h16v4H4zM5.5 9v10h13V9M10 13h4",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.7 5.7l12.6 12.6",
  check: "M5 12.5l4.5 4.5L19 7",
  clock: "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  crown: "M4 8l4 3.5L12 6l4 5.5L20 8l-1.5 9.5h-13z",
  direction: "M4 8h15M15.5 4.5L19 8l-3.5 3.5M20 16H5M8.5 12.5L5 16l3.5 3.5",
  down: "M6 9.5l6 6 6-6",
  edit: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5",
  forward: "M14 6l6 5.5-6 5.5M20 11.5h-9c-4 0-6.5 2-7 6.5",
  failed: "M12 8v5M12 16.5v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  flag: "M6 21V4M6 5c4-2.5 7 2 12-.5v8.5c-5 2.5-8-2-12 .5",
  group: [
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
    "M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6",
    "M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3.2 2.6 3.5 5.5",
  ].join(""),
  hide: [
    "M4 4l16 16M9.5 6A10 10 0 0 1 21 12a13 13 0 0 1-2.5 3.3",
    "M6.5 7.5A13 13 0 0 0 3 12a10 10 0 0 0 12.5 5.3M10 10.5a2.5 2.5 0 0 0 3.4 3.4",
  ].join(""),
  leave: "M14 4H5v16h9M10 12h10M17 8.5l3.5 3.5-3.5 3.5",
  link: [
    "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1",
    "M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  ].join(""),
  list: "M8 6h12M8 12h12M8 18h12M4 6v.01M4 12v.01M4 18v.01",
  live: [
    "M12 10.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z",
    "M8.5 15.5a5 5 0 0 1 0-7M15.5 8.5a5 5 0 0 1 0 7",
    "M5.5 18.5a9 9 0 0 1 0-13M18.5 5.5a9 9 0 0 1 0 13",
  ].join(""),
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  more: "M5 12v.01M12 12v.01M19 12v.01",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4.5 3.6-6.5 7.5-6.5s6.9 2 7.5 6.5",
  phone: "M7.5 3h9v18h-9zM11 18h2",
  pin: "M9 4h6l-.5 6 3.5 3.5H6L9.5 10zM12 13.5V20",
  plus: "M12 5v14M5 12h14",
  radioOff: "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z",
  radioOn: [
    "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z",
    "M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM12 11.5v1",
  ].join(""),
  read: "M3 12.5l4.5 4.5L17 7M12 16l1 1 8.5-10",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5",
  unarchive: "M4 5h16v4H4zM5.5 9v10h13V9M12 17v-5M9.5 14L12 11.5l2.5 2.5",
  unread: "M20 10v8.5H4v-13h10M4 7l8 6 3-2M19 3a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  up: "M6 14.5l6-6 6 6",
  urgent: "M12 4.5L21 19.5H3zM12 10v4.5M12 17v.01",
  reply: "M10 6l-6 5.5 6 5.5M4 11.5h9c4 0 6.5 2 7 6.5",
  send: "M4 12l16-8-6 16-3-7z",
  smile: [
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
    "M8.5 14c.8 1.5 2 2.2 3.5 2.2s2.7-.7 3.5-2.2M9 9.5v.01M15 9.5v.01",
  ].join(""),
  sun: [
    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
    "M12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4",
    "M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4",
  ].join(""),
  window: "M14 4h6v6M20 4l-9 9M10 5H5v14h14v-5",
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing; says nothing to a screen reader, so its button must have a label. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The bird. */
export function Bird(): JSX.Element {
  return <img class="bird" src="/tern.svg" alt="" width="32" height="32" />;
}

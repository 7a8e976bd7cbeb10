// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** How far each key goes; a row down or up where the items stand in rows. */
function stepOf(key: string, perRow: number, runsLeft: boolean): number | undefined {
  switch (key) {
    case "ArrowDown":
      return perRow;
    case "ArrowUp":
      return -perRow;
    case "ArrowRight":
      return runsLeft ? -1 : 1;
    case "ArrowLeft":
      return runsLeft ? 1 : -1;
    case "Home":
      return -Infinity;
    case "End":
      return Infinity;
    default:
      return undefined;
  }
}

/** Where the focus goes from an item by a key; undefined if the key means nothing here. */
export function nextIndex(
  key: string,
  index: number,
  count: number,
  perRow = 1,
  runsLeft = false,
): number | undefined {
  const step = stepOf(key, perRow, runsLeft);
  if (step === undefined || count === 0) {
    return undefined;
  }
  if (perRow === 1 && Number.isFinite(step)) {
    return (index + step + count) % count;
  }
  return Math.max(0, Math.min(index + step, count - 1));
}

/** Moves the focus among the items of a surface by the arrow keys, Home and End. */
export function moveFocus(event: KeyboardEvent, selector: string, perRow = 1): void {
  const surface = event.currentTarget as HTMLElement;
  const items = [...surface.querySelectorAll<HTMLElement>(selector)];
  const index = items.indexOf(document.activeElement as HTMLElement);
  const runsLeft = getComputedStyle(surface).direction === "rtl";
  const next = nextIndex(event.key, index, items.length, perRow, runsLeft);
  if (next !== undefined) {
    event.preventDefault();
    items[next]?.focus();
  }
}

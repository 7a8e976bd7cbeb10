// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** What the browser keeps; a browser that keeps nothing is fine too. */
export function kept(storage: Storage, key: string, make: () => string): string {
  try {
    const known = storage.getItem(key);
    if (known !== null) {
      return known;
    }
    const made = make();
    storage.setItem(key, made);
    return made;
  } catch {
    return make();
  }
}

export function keep(storage: Storage, key: string, value: string | undefined): void {
  try {
    if (value === undefined) {
      storage.removeItem(key);
    } else {
      storage.setItem(key, value);
    }
  } catch {
    // Nothing is kept, nothing breaks.
  }
}

/** A short random name, such as for a device. */
export function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

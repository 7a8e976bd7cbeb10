// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { type Restored, restored } from "./restoring.js";
import type { StateStorage, StoredState } from "./storage.js";

const SAVE_AFTER_MS = 100;

/** Keeps the client’s state between two lives, a moment after it has changed. */
export class StateKeeper {
  readonly #storage: StateStorage;
  readonly #state: () => StoredState | undefined;
  #isSaving = false;

  /** @param state what is to be kept now; undefined: nothing yet */
  constructor(storage: StateStorage, state: () => StoredState | undefined) {
    this.#storage = storage;
    this.#state = state;
  }

  /** What an earlier life of this client has kept. */
  async load(): Promise<Restored> {
    return restored(await this.#storage.load().catch(() => undefined));
  }

  /** Something has changed. */
  saveSoon(): void {
    if (this.#isSaving) {
      return;
    }
    this.#isSaving = true;
    setTimeout(() => {
      this.#isSaving = false;
      const state = this.#state();
      if (state !== undefined) {
        this.#storage.save(state).catch(() => undefined);
      }
    }, SAVE_AFTER_MS);
  }
}

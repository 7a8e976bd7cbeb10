// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";
import type { InboxEntryChanged } from "./gen/tern/v1/inbox.js";

/** What somebody writes is saved this long after the last key, or that long after the first. */
const SAVE_AFTER_MS = 700;
const SAVE_WITHIN_MS = 3_000;
/** What was written here a moment ago stands, whatever another device says. */
const HELD_MS = 3_000;
const USUAL_RETRY_MS = 1_000;

/** What a user has begun to write in a conversation. */
export interface Draft {
  readonly text: string;
  /** The sequence of the message that it is to answer; 0 for none. */
  readonly replyTo: number;
}

/** What was written here and is not saved, as it is kept over a new start. */
export type UnsavedDraft = Draft & { readonly conversationId: string };

/** @internal What the drafts need of their client. */
export interface DraftsHost {
  readonly connection: Connection;
  /** As the server told it last. */
  saved(conversationId: string): Draft | undefined;
  changed(conversationId: string): void;
  listed(changed: InboxEntryChanged): void;
}

interface Local extends Draft {
  /** Set while it has to be saved. */
  timer?: ReturnType<typeof setTimeout> | undefined;
  readonly firstMs: number;
  /** Refused: for good, as it is; it stays here until it is written on or given up. */
  state: "unsaved" | "saving" | "held" | "refused";
}

const NONE: Draft = { text: "", replyTo: 0 };

/**
 * What was begun to write, on this device and on the user's others. Saved a moment after the last
 * key, and again after a lost connection; the last device to save wins.
 */
export class Drafts {
  readonly #host: DraftsHost;
  readonly #local = new Map<string, Local>();

  /** @internal */
  constructor(host: DraftsHost) {
    this.#host = host;
  }

  /** What a field for this conversation is to hold now. */
  of(conversationId: string): Draft {
    return this.#local.get(conversationId) ?? this.#host.saved(conversationId) ?? NONE;
  }

  /** To be called at each key stroke. */
  write(conversationId: string, text: string, replyTo = 0): void {
    const known = this.#local.get(conversationId);
    const nowMs = Date.now();
    const firstMs = known?.state === "unsaved" ? known.firstMs : nowMs;
    const waitMs = Math.max(0, Math.min(SAVE_AFTER_MS, firstMs + SAVE_WITHIN_MS - nowMs));
    this.#put(conversationId, { text, replyTo, firstMs, state: "unsaved" }, waitMs);
  }

  /** It was sent, or given up: gone at once, everywhere. */
  clear(conversationId: string): void {
    const isKnown = this.of(conversationId).text !== "" || this.#local.has(conversationId);
    if (isKnown) {
      this.#put(conversationId, { ...NONE, firstMs: Date.now(), state: "unsaved" }, 0);
    }
  }

  /** @internal */
  get unsaved(): readonly UnsavedDraft[] {
    return [...this.#local]
      .filter(([, { state }]) => state !== "held")
      .map(([conversationId, { text, replyTo }]) => ({ conversationId, text, replyTo }));
  }

  /** @internal What an earlier life of this client has not saved. */
  restore(unsaved: readonly UnsavedDraft[]): void {
    for (const { conversationId, text, replyTo } of unsaved) {
      this.write(conversationId, text, replyTo);
    }
  }

  /** @internal Connected again. */
  resume(): void {
    for (const [conversationId, { state }] of this.#local) {
      if (state === "unsaved") {
        void this.#save(conversationId);
      }
    }
  }

  /** @internal Another user. */
  forget(): void {
    for (const { timer } of this.#local.values()) {
      clearTimeout(timer);
    }
    this.#local.clear();
  }

  #put(conversationId: string, local: Local, waitMs: number): void {
    clearTimeout(this.#local.get(conversationId)?.timer);
    this.#local.set(conversationId, local);
    local.timer = setTimeout(() => void this.#save(conversationId), waitMs);
    this.#host.changed(conversationId);
  }

  async #save(conversationId: string): Promise<void> {
    const local = this.#local.get(conversationId);
    if (local?.state !== "unsaved" || !this.#host.connection.isOnline) {
      return;
    }
    clearTimeout(local.timer);
    local.state = "saving";
    const text = local.text.trim() === "" ? "" : local.text;
    const value = { conversationId, text, replyTo: text === "" ? 0 : local.replyTo };
    try {
      const frame = { $case: "saveDraft", value } as const;
      this.#host.listed(await this.#host.connection.request(frame, "inboxEntryChanged"));
      this.#hold(conversationId, local);
    } catch (error) {
      this.#failed(conversationId, local, error);
    }
  }

  /** Saved; from a while after the last key on, the other devices have their say. */
  #hold(conversationId: string, local: Local): void {
    if (this.#local.get(conversationId) === local) {
      local.state = "held";
      local.timer = setTimeout(() => {
        this.#local.delete(conversationId);
        this.#host.changed(conversationId);
      }, HELD_MS);
    }
  }

  #failed(conversationId: string, local: Local, error: unknown): void {
    if (this.#local.get(conversationId) !== local) {
      return;
    }
    const mayRetry = error instanceof TernError && error.mayRetry;
    if (!mayRetry) {
      local.state = "refused";
      return;
    }
    local.state = "unsaved";
    const waitMs = error.retryAfterMs || USUAL_RETRY_MS;
    local.timer = setTimeout(() => void this.#save(conversationId), waitMs);
  }
}

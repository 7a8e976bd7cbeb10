// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Tells each listener what `event` gives by then, which a listener before it may have changed. One
 * that throws keeps nothing from the others, and `failed` hears of it.
 */
export function tellEach<Event>(
  listeners: Iterable<(event: Event) => void>,
  event: () => Event,
  failed: (error: unknown) => void,
): void {
  // Whoever begins or ends to listen meanwhile changes nothing about this round.
  for (const listener of [...listeners]) {
    try {
      listener(event());
    } catch (error) {
      failed(error);
    }
  }
}

/** Hands events to whoever listens; one listener that throws does not keep it from the others. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>();

  /** Calls `listener` at each event of that name until the returned function is called. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    const listeners = this.#listeners.get(name) as Set<(event: Events[Name]) => void> | undefined;
    const told = (): Events[Name] => event;
    tellEach(listeners ?? [], told, (error) => {
      queueMicrotask(() => {
        throw error;
      });
    });
  }
}

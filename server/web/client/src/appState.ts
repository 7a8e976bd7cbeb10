// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** Whether the person is looking. */
export type AppState = "foreground" | "background";

/** Tells the app state, and when it changes. */
export interface AppStateSource {
  current(): AppState;
  /** Calls `listener` at each change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** By the visibility of the page; where there is no page, always in the foreground. */
export function pageVisibility(): AppStateSource {
  if (typeof document === "undefined") {
    return { current: () => "foreground", subscribe: () => () => undefined };
  }
  return {
    current: () => (document.visibilityState === "visible" ? "foreground" : "background"),
    subscribe: (listener) => {
      document.addEventListener("visibilitychange", listener);
      return () => {
        document.removeEventListener("visibilitychange", listener);
      };
    },
  };
}

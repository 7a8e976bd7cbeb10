// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useCallback, useMemo, useState } from "preact/hooks";
import { TernError } from "@tern/client";
import { Icon } from "../ground/icons.js";
import { problemOf } from "../ground/wording.js";

const SHOWN_MS = 7_000;
const MOST_SHOWN = 3;

interface Toast {
  readonly id: number;
  readonly text: string;
}

export interface ToastsState {
  readonly shown: readonly Toast[];
  readonly report: (error: unknown) => void;
  readonly dismiss: (id: number) => void;
}

let lastId = 0;

export function useToasts(): ToastsState {
  const [shown, setShown] = useState<readonly Toast[]>([]);
  const dismiss = useCallback((id: number) => {
    setShown((toasts) => toasts.filter((toast) => toast.id !== id));
  }, []);
  const report = useCallback(
    (error: unknown) => {
      const text = problemOf(error instanceof TernError ? error.code : "UNKNOWN");
      lastId += 1;
      const id = lastId;
      setShown((toasts) => [...toasts.slice(1 - MOST_SHOWN), { id, text }]);
      setTimeout(() => {
        dismiss(id);
      }, SHOWN_MS);
    },
    [dismiss],
  );
  return useMemo(() => ({ shown, report, dismiss }), [shown, report, dismiss]);
}

/** What went wrong just now, read out at once. */
export function Toasts({ toasts }: { readonly toasts: ToastsState }): JSX.Element {
  return (
    <div class="toasts" role="alert">
      {toasts.shown.map(({ id, text }) => (
        <p key={id} class="toast">
          {text}
          <button
            type="button"
            class="round round-small"
            aria-label="Dismiss"
            onClick={() => {
              toasts.dismiss(id);
            }}
          >
            <Icon name="close" />
          </button>
        </p>
      ))}
    </div>
  );
}

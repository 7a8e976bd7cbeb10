// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { Bird } from "../ground/icons.js";

interface WelcomeProps {
  readonly isEmpty: boolean;
  readonly other: string | undefined;
  readonly onHello: (peer: string) => void;
}

/** Where no conversation is open: how to begin. */
export function Welcome({ isEmpty, other, onHello }: WelcomeProps): JSX.Element {
  return (
    <div class="welcome">
      <Bird />
      <p class="welcome-title">{isEmpty ? "It is quiet here" : "Choose a conversation"}</p>
      <p>
        {isEmpty
          ? "Messages are kept for good the moment they get their first tick."
          : "What you missed is waiting, in order."}
      </p>
      {isEmpty && other !== undefined && (
        <button
          type="button"
          class="button"
          onClick={() => {
            onHello(other);
          }}
        >
          <span>
            Write to <bdi>{other}</bdi>
          </span>
        </button>
      )}
    </div>
  );
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { TernClient } from "@tern/client";
import { useClock, useEvents } from "../ground/hooks.js";

interface ConnectionBannerProps {
  readonly client: TernClient;
  readonly isOn: boolean;
  readonly isFrozen: boolean;
}

/** Says what a person should know when they are not connected, and nothing when they are. */
export function ConnectionBanner({ client, isOn, isFrozen }: ConnectionBannerProps): JSX.Element {
  useEvents(client, "connection");
  const { connection } = client;
  const now = useClock(connection.phase === "waiting");
  return (
    <div class="banner-place" role="status">
      {!isOn && (
        <p class="banner banner-calm">
          <strong>Offline.</strong> Write on: it is sent when you are back.
        </p>
      )}
      {isFrozen && (
        <p class="banner banner-warm banner-frozen">
          <span>
            <strong>Frozen.</strong> The connection looks open, but nothing gets through.
          </span>
        </p>
      )}
      {isOn && !isFrozen && connection.phase === "connecting" && connection.attempt > 1 && (
        <p class="banner">
          <span class="spinner" aria-hidden="true" />
          Connecting…
        </p>
      )}
      {isOn && !isFrozen && connection.phase === "waiting" && (
        <p class="banner banner-warm">
          <span>
            <strong>Connection lost.</strong> Coming back
            <span class="countdown" aria-hidden="true">
              {` in ${Math.max(0, Math.ceil((connection.comeBackAtMs - now) / 1_000))} s`}
            </span>
          </span>
          <TryNow client={client} />
        </p>
      )}
      {isOn && !isFrozen && connection.phase === "refused" && (
        <p class="banner banner-warm">
          <span>
            <strong>Disconnected by the server</strong> ({connection.reason.name})
          </span>
          <TryNow client={client} />
        </p>
      )}
    </div>
  );
}

function TryNow({ client }: { readonly client: TernClient }): JSX.Element {
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        client.connect();
      }}
    >
      Try now
    </button>
  );
}

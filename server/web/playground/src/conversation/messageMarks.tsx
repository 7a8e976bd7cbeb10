// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { TimelineMessage } from "@tern/client";
import { Icon } from "../ground/icons.js";
import { useNames } from "../people/peopleView.js";

/** Says that the words are not the sender's own, and whose they are where that is told. */
export function ForwardedLine({
  message,
  me,
}: {
  readonly message: TimelineMessage;
  readonly me: string;
}): JSX.Element | null {
  const nameOf = useNames();
  const { forwarded, deletedAtMs } = message;
  if (forwarded === undefined || deletedAtMs > 0) {
    return null;
  }
  const { senderId } = forwarded;
  return (
    <p class="forwarded">
      <Icon name="forward" />
      <span class="one-line">
        Forwarded
        {senderId !== "" && (
          <>
            {" from "}
            <bdi>{senderId === me ? "you" : nameOf(senderId)}</bdi>
          </>
        )}
      </span>
    </p>
  );
}

/** Whether it came without a notification, or with one where usually there is none. */
export function LoudnessMark({
  message: { silent, urgent, deletedAtMs },
}: {
  readonly message: TimelineMessage;
}): JSX.Element | null {
  if ((!silent && !urgent) || deletedAtMs > 0) {
    return null;
  }
  const words = urgent ? "Sent as urgent" : "Sent silently";
  return (
    <span class="meta-pin" role="img" aria-label={words} title={words}>
      <Icon name={urgent ? "urgent" : "bellOff"} />
    </span>
  );
}

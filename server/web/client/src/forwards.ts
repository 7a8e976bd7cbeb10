// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";
import { errorName } from "./fromWire.js";
import type { ClientFrame } from "./gen/tern/v1/frame.js";
import type { ForwardOutcome as WireOutcome } from "./gen/tern/v1/forward.js";
import { throughLosses } from "./throughLosses.js";
import { randomUuid } from "./uuid.js";

export interface ForwardOptions {
  /** Whether readers are told who wrote it; they are unless told otherwise. */
  readonly showSender?: boolean;
}

/** What became of a forwarded message in one conversation. */
export interface ForwardOutcome {
  readonly conversationId: string;
  /** The new message's; 0 where it was refused. */
  readonly sequence: number;
  /** Why it was refused. */
  readonly error?: TernError;
}

/** @internal Forwards with ids of its own, so that no lost answer doubles anything. */
export async function forward(
  connection: Connection,
  ready: () => Promise<void>,
  which: { readonly conversationId: string; readonly sequence: number },
  targets: readonly string[],
  { showSender = true }: ForwardOptions,
): Promise<readonly ForwardOutcome[]> {
  const value = {
    ...which,
    targets: targets.map((conversationId) => ({ conversationId, clientMessageId: randomUuid() })),
    showSender,
  };
  const frame = { $case: "forwardMessage", value } satisfies ClientFrame["frame"];
  const { outcomes } = await throughLosses(ready, () =>
    connection.requestPatiently(frame, "forwarded"),
  );
  return outcomes.map(outcomeFrom);
}

function outcomeFrom({ conversationId, outcome }: WireOutcome): ForwardOutcome {
  if (outcome?.$case === "accepted") {
    return { conversationId, sequence: outcome.value.sequence };
  }
  const { code = 0, message = "no outcome", mayRetry = false } = outcome?.value ?? {};
  const error = new TernError(errorName(code), message, mayRetry);
  return { conversationId, sequence: 0, error };
}

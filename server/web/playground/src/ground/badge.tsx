// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { countOf } from "./format.js";

interface BadgeProps {
  readonly unread: number;
  readonly testId?: string;
}

/** How many messages are unread; nothing when there are none. */
export function Badge({ unread, testId }: BadgeProps): JSX.Element | null {
  if (unread <= 0) {
    return null;
  }
  return (
    <span class="badge" data-testid={testId}>
      {countOf(unread)}
      <span class="unseen"> unread</span>
    </span>
  );
}

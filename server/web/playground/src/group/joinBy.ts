// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { type Conversation, type TernClient, TernError } from "@tern/client";
import { joinKeyFrom } from "../ground/people.js";

/** Joins by an invitation's link or token, or else by a group's key. */
export async function joinBy(client: TernClient, text: string): Promise<Conversation> {
  const token = joinKeyFrom(text) ?? text.trim();
  try {
    return await client.join({ token });
  } catch (error) {
    if (error instanceof TernError && ["NOT_FOUND", "INVALID_ARGUMENT"].includes(error.code)) {
      return client.join({ key: token });
    }
    throw error;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import java.time.Instant;
import tern.id.ConversationId;
import tern.id.UserId;

/// A message that was found.
public record SearchHit(
    ConversationId conversation,
    long sequence,
    UserId sender,
    Instant createdAt,
    Snippet snippet) {}

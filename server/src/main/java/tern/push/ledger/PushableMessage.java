// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import java.time.Instant;
import tern.id.UserId;
import tern.push.PushContent;

/// A message, as far as pushes are concerned.
///
/// @param committedAt by this node's clock
/// @param isDeleted whether it has been deleted since
/// @param isSystem whether the server wrote it
public record PushableMessage(
    long sequence,
    UserId sender,
    Instant committedAt,
    boolean isDeleted,
    boolean isSystem,
    PushContent content) {}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.receipt;

import java.util.Optional;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Pending;

/// A wish to move a member's markers forward.
///
/// @param delivered 0: leave it
/// @param read 0: leave it
/// @param isImplied whether a message of theirs alone says that they have read
/// @param reply who waits for the markers as they stand then; empty in it when the user is no
///     member
record MarkerMove(
    ConversationId conversation,
    UserId user,
    long delivered,
    long read,
    boolean isImplied,
    Optional<Pending<Optional<Marker>>> reply) {}

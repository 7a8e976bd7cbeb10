// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.id.ConversationId;
import tern.id.UserId;

/// What somebody looks for, and where.
///
/// @param conversation null: in all of one's own
/// @param sender null: from anybody
/// @param from sent then or later
/// @param until sent before then
/// @param page empty for the first page
/// @param limit hits of a page, 1 to 50
public record SearchQuery(
    Sought sought,
    @Nullable ConversationId conversation,
    @Nullable UserId sender,
    Instant from,
    Instant until,
    Optional<PageMark> page,
    int limit) {
  /// Hits of a page at most.
  public static final int MAX_HITS = 50;
}

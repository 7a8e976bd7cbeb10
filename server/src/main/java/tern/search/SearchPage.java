// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import java.util.List;

/// What a search found, newest first.
///
/// @param hits may be fewer than asked for, though a next page follows
/// @param nextPage names the next older page; empty on the last
/// @param complete false when bounds ended the search before all that the user may see was looked
///     at
public record SearchPage(List<SearchHit> hits, String nextPage, boolean complete) {
  /// Keeps its own copy.
  public SearchPage {
    hits = List.copyOf(hits);
  }
}

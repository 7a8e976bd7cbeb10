// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import java.util.List;
import tern.message.StoredMessage;

/// Messages by sequence, ascending, as one moment showed them.
///
/// @param hasBefore whether earlier ones may be read
/// @param hasAfter whether later ones exist
/// @param revision the conversation's revision at that moment
public record HistoryPage(
    List<StoredMessage> messages, boolean hasBefore, boolean hasAfter, long revision) {
  /// Keeps its own copy.
  public HistoryPage {
    messages = List.copyOf(messages);
  }
}

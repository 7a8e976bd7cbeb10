// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import java.util.List;
import tern.message.StoredMessage;
import tern.message.quote.Quote;

/// Messages by sequence, ascending, as one moment showed them.
///
/// @param hasBefore whether earlier ones may be read
/// @param hasAfter whether later ones exist
/// @param revision the conversation's revision at that moment
/// @param quotes what the messages answer and the page does not hold, ascending
public record HistoryPage(
    List<StoredMessage> messages,
    boolean hasBefore,
    boolean hasAfter,
    long revision,
    List<Quote> quotes) {
  /// Keeps its own copies.
  public HistoryPage {
    messages = List.copyOf(messages);
    quotes = List.copyOf(quotes);
  }
}

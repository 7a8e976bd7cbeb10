// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import java.util.List;
import java.util.Optional;
import tern.push.ledger.ConversationNews;
import tern.push.ledger.SequenceRange;
import tern.push.ledger.Target;
import tern.push.ledger.WaitingPush;

/// A device that is to be woken now.
///
/// @param news what there is to tell
/// @param ranges which messages of it this is about, ascending; empty: it takes a banner away
/// @param waiting what it is in the store; where it has never been there: as it would be
/// @param settlement who waits for it to be in the store
public record Wake(
    Target target,
    ConversationNews news,
    List<SequenceRange> ranges,
    WaitingPush waiting,
    Optional<Settlement> settlement) {
  /// Keeps its own copy.
  public Wake {
    ranges = List.copyOf(ranges);
  }
}

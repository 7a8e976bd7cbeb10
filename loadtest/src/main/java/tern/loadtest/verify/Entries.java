// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.Optional;
import tern.loadtest.history.Entry;
import tern.v1.ClientFrame;
import tern.v1.JoinConversation;

/// What the protocol says of joining groups, as the history's records.
final class Entries {
  private Entries() {}

  /// By what a frame wants to join a group, if it does.
  static Optional<Entry> of(ClientFrame frame) {
    JoinConversation join = frame.getJoinConversation();
    return switch (join.getByCase()) {
      case TOKEN -> Optional.of(Entry.byToken(join.getToken()));
      case KEY -> Optional.of(Entry.byKey(join.getKey()));
      case BY_NOT_SET -> Optional.empty();
    };
  }
}

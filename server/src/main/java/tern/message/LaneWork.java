// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// What waits in a lane.
sealed interface LaneWork {
  /// A message, stored together with others.
  final class Send implements LaneWork {
    final Draft draft;
    final SendReply reply;
    final long deadlineNanos;
    // How often the conversation was held by somebody else.
    int held;
    // Whether an earlier attempt may have stored it: then a repeat is news all the same.
    boolean isUncertain;

    Send(Draft draft, SendReply reply, long deadlineNanos) {
      this.draft = draft;
      this.reply = reply;
      this.deadlineNanos = deadlineNanos;
    }
  }

  /// Another change of a conversation, in a transaction of its own, between groups.
  non-sealed interface Change extends LaneWork {
    /// Runs on the lane's thread and connection; says what is to be announced.
    List<Committed> apply(Connection connection) throws SQLException;

    /// Somebody else held the conversation: returns whether to try again.
    boolean mayTryAgain();

    /// The store failed; whether the change was kept is not known.
    void failed(SQLException cause);
  }
}

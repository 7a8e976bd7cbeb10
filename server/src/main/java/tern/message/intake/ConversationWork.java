// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import tern.message.Committed;

/// What is done to a conversation without a member's asking; one transaction, on the conversation's
/// lane.
public interface ConversationWork<T> {
  /// Does it.
  ///
  /// @param connection in the transaction
  /// @param node this node's number in the intake table
  Outcome<T> run(Connection connection, int node) throws SQLException;

  /// What became of it.
  ///
  /// @param told to whoever asked
  /// @param committed what of it is to be announced
  record Outcome<T>(T told, List<Committed> committed) {
    /// Keeps its own copy.
    public Outcome {
      committed = List.copyOf(committed);
    }
  }
}

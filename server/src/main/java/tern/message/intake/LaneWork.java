// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import tern.id.ConversationId;
import tern.message.ChangeReply;
import tern.message.ChangeResult;
import tern.message.Committed;
import tern.message.Draft;
import tern.message.MessageChange;
import tern.message.SendReply;
import tern.message.SendResult;

/// What waits in a lane.
sealed interface LaneWork {
  /// Work that is stored together with others of its kind.
  sealed interface Grouped extends LaneWork {
    /// The conversation that it needs to hold.
    ConversationId conversation();

    /// How it has fared so far.
    Patience patience();

    /// The store did not take it in time.
    void unavailable();

    /// It can't be stored, whatever is tried.
    void failed();
  }

  /// How long work may wait, and what it has met. Owned by the lane's thread.
  final class Patience {
    final long deadlineNanos;
    // How often the conversation was held by somebody else.
    int held;
    // Whether an earlier attempt may have stored it: then a repeat is news all the same.
    boolean isUncertain;

    Patience(long deadlineNanos) {
      this.deadlineNanos = deadlineNanos;
    }
  }

  /// A message.
  record Send(Draft draft, SendReply reply, Patience patience) implements Grouped {
    @Override
    public ConversationId conversation() {
      return draft.conversation();
    }

    @Override
    public void unavailable() {
      reply.answered(SendResult.Refused.UNAVAILABLE);
    }

    @Override
    public void failed() {
      reply.answered(SendResult.Refused.INTERNAL);
    }
  }

  /// A change of a message that stands.
  record ChangeMessage(MessageChange change, ChangeReply reply, Patience patience)
      implements Grouped {
    @Override
    public ConversationId conversation() {
      return change.target().conversation();
    }

    @Override
    public void unavailable() {
      reply.answered(ChangeResult.Refused.UNAVAILABLE);
    }

    @Override
    public void failed() {
      reply.answered(ChangeResult.Refused.INTERNAL);
    }
  }

  /// Another change of a conversation, in a transaction of its own, between groups.
  non-sealed interface Change extends LaneWork {
    /// Runs on the lane's thread and connection; says what is to be announced.
    List<Committed> apply(Connection connection) throws SQLException;

    /// Whether it has not waited too long yet, for its turn or for somebody who holds the
    /// conversation.
    boolean isInTime();

    /// It has waited too long.
    void unavailable();

    /// The store failed, or something else did; whether the change was kept is not known.
    void failed(Exception cause);
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user.report;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tern.id.ConversationId;
import tern.id.UserId;

/// A report as a moderator reads it.
///
/// @param number grows with each report
/// @param subject the reported person, or who sent the reported message
/// @param conversation of the message, or the one in which the person spoke; empty for a person as
///     such
/// @param message as it stood when it was reported; empty for a person
/// @param closing how it was closed; empty while it is open
public record QueuedReport(
    long number,
    UserId reporter,
    UserId subject,
    Optional<ConversationId> conversation,
    Optional<Snapshot> message,
    ReportReason reason,
    String text,
    Instant at,
    Optional<Closing> closing) {
  /// A message as it stood.
  ///
  /// @param body encoded; empty of one that had been deleted
  public record Snapshot(long sequence, long revision, Instant sentAt, ByteString body) {}

  /// How a report was closed.
  ///
  /// @param note the moderator's, at most 1,000 characters
  public record Closing(Instant at, Outcome outcome, String note) {}

  /// What a moderator has decided.
  public enum Outcome {
    /// Something was done about it.
    ACTED(1),
    /// There was nothing to do.
    DISMISSED(2);

    private final int number;

    Outcome(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /// Reads the row that the cursor stands on.
  static QueuedReport read(ResultSet row) throws SQLException {
    return new QueuedReport(
        row.getLong("no"),
        new UserId(row.getString("reporter")),
        new UserId(row.getString("subject")),
        Optional.ofNullable(row.getObject("conversation_id", UUID.class)).map(ConversationId::new),
        message(row),
        ReportReason.of(row.getInt("reason")),
        row.getString("text"),
        row.getTimestamp("at").toInstant(),
        closing(row));
  }

  private static Optional<Snapshot> message(ResultSet row) throws SQLException {
    @Nullable Timestamp sentAt = row.getTimestamp("sent_at");
    if (sentAt == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Snapshot(
            row.getLong("sequence"),
            row.getLong("revision"),
            sentAt.toInstant(),
            UnsafeByteOperations.unsafeWrap(row.getBytes("snapshot"))));
  }

  private static Optional<Closing> closing(ResultSet row) throws SQLException {
    @Nullable Timestamp at = row.getTimestamp("closed_at");
    if (at == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Closing(
            at.toInstant(),
            row.getInt("outcome") == Outcome.ACTED.number() ? Outcome.ACTED : Outcome.DISMISSED,
            row.getString("note")));
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.business;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import tern.message.Committed;
import tern.message.Draft;
import tern.message.MessageState;
import tern.message.Reactions;
import tern.message.SendResult;
import tern.message.StoredMessage;
import tern.message.intake.ConversationWork;
import tern.message.intake.MessageIntake;

/// Stores messages of the business's own, in the conversation's order, like those of members. It is
/// a member of none: no role, mute or freezing holds it up. Blocks; for virtual threads.
public final class BusinessMessages {
  private final MessageIntake intake;

  /// @param intake changes conversations, for there each has its order
  public BusinessMessages(MessageIntake intake) {
    this.intake = intake;
  }

  /// Stores the message, or finds that it is stored already.
  ///
  /// Throws [tern.store.StoreException] when the store fails.
  public SendResult send(Draft draft) {
    return intake.work(draft.conversation(), (connection, node) -> store(connection, node, draft));
  }

  private static ConversationWork.Outcome<SendResult> store(
      Connection connection, int node, Draft draft) throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement(
            "select * from send_as_business_v2(?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      call.setInt(1, node);
      call.setObject(2, draft.conversation().value());
      call.setString(3, draft.sender().value());
      call.setObject(4, draft.clientMessageId().value());
      call.setLong(5, draft.contentHash());
      call.setBoolean(6, draft.countable());
      call.setBoolean(7, draft.fits());
      call.setLong(8, draft.replyTo());
      call.setBytes(9, draft.body().toByteArray());
      try (ResultSet row = call.executeQuery()) {
        row.next();
        return outcome(row, draft);
      }
    }
  }

  private static ConversationWork.Outcome<SendResult> outcome(ResultSet row, Draft draft)
      throws SQLException {
    return switch (row.getInt("status")) {
      case 0 ->
          new ConversationWork.Outcome<>(
              accepted(row, false),
              List.of(
                  new Committed(
                      OptionalLong.of(row.getLong("group_no")), List.of(stored(row, draft)))));
      case 1 -> new ConversationWork.Outcome<>(accepted(row, true), List.of());
      case 2 -> new ConversationWork.Outcome<>(SendResult.Refused.NOT_FOUND, List.of());
      case 3 -> new ConversationWork.Outcome<>(SendResult.Refused.CONFLICT, List.of());
      case 11 ->
          new ConversationWork.Outcome<>(
              new SendResult.AnswersNothing(row.getLong("seq")), List.of());
      default -> new ConversationWork.Outcome<>(SendResult.Refused.TOO_LARGE, List.of());
    };
  }

  private static SendResult accepted(ResultSet row, boolean duplicate) throws SQLException {
    return new SendResult.Accepted(
        row.getLong("seq"), row.getLong("rev"), at(row).toInstant(), duplicate);
  }

  private static Timestamp at(ResultSet row) throws SQLException {
    return Objects.requireNonNull(row.getTimestamp("at"));
  }

  private static Committed.Change stored(ResultSet row, Draft draft) throws SQLException {
    return new Committed.MessageStored(
        draft.conversation(),
        row.getLong("rev"),
        row.getLong("mrev"),
        new StoredMessage(
            row.getLong("seq"),
            row.getLong("rev"),
            draft.sender(),
            draft.clientMessageId(),
            at(row).toInstant(),
            draft.body(),
            MessageState.NEW,
            Reactions.NONE));
  }
}

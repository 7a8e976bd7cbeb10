// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import tern.message.Committed;
import tern.message.Draft;
import tern.message.MessageState;
import tern.message.Reactions;
import tern.message.SendResult;
import tern.message.StoredMessage;

/// Announces what a group of messages has stored, and answers the senders.
final class SendOutcome implements Groups.Outcome<LaneWork.Send, MessageTable.Row> {
  private final Consumer<Committed> announce;
  private final IntakeMetrics metrics;

  SendOutcome(Consumer<Committed> announce, IntakeMetrics metrics) {
    this.announce = announce;
    this.metrics = metrics;
  }

  @Override
  public List<LaneWork.Send> settle(
      List<LaneWork.Send> sends, List<MessageTable.Row> rows, Duration took) {
    announceFound(sends, rows);
    announceStored(sends, rows, took);
    List<LaneWork.Send> held = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).status() == MessageTable.Status.HELD) {
        held.add(sends.get(i));
      } else {
        sends.get(i).reply().answered(result(rows.get(i)));
      }
    }
    return held;
  }

  private void announceStored(
      List<LaneWork.Send> sends, List<MessageTable.Row> rows, Duration took) {
    List<Committed.Change> changes = new ArrayList<>(sends.size());
    OptionalLong groupNo = OptionalLong.empty();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).status() == MessageTable.Status.STORED) {
        changes.add(stored(sends.get(i).draft(), rows.get(i)));
        groupNo = OptionalLong.of(rows.get(i).groupNo());
      }
    }
    if (!changes.isEmpty()) {
      metrics.committed(changes.size(), took);
      announce.accept(new Committed(groupNo, changes));
    }
  }

  // Stored by an attempt whose answer was lost: announced now, before anything later is.
  private void announceFound(List<LaneWork.Send> sends, List<MessageTable.Row> rows) {
    List<Committed.Change> changes = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (sends.get(i).patience().isUncertain
          && rows.get(i).status() == MessageTable.Status.REPEAT) {
        changes.add(stored(sends.get(i).draft(), rows.get(i)));
      }
    }
    if (!changes.isEmpty()) {
      changes.sort(Comparator.comparingLong(Committed.Change::revision));
      announce.accept(new Committed(OptionalLong.empty(), changes));
    }
  }

  private static Committed.Change stored(Draft draft, MessageTable.Row row) {
    return new Committed.MessageStored(
        draft.conversation(),
        row.revision(),
        row.membershipRevision(),
        new StoredMessage(
            row.sequence(),
            row.revision(),
            draft.sender(),
            draft.clientMessageId(),
            row.at(),
            draft.body(),
            MessageState.NEW,
            Reactions.NONE));
  }

  private static SendResult result(MessageTable.Row row) {
    return switch (row.status()) {
      case STORED -> accepted(row, false);
      case REPEAT -> accepted(row, true);
      case MAY_NOT_SPEAK -> SendResult.Refused.NOT_FOUND;
      case OTHER_CONTENT -> SendResult.Refused.CONFLICT;
      case TOO_LARGE -> SendResult.Refused.TOO_LARGE;
      case ROLE_TOO_LOW -> SendResult.Refused.ROLE_TOO_LOW;
      case FROZEN -> SendResult.Refused.FROZEN;
      case MUTED -> SendResult.Refused.MUTED;
      case TOO_EARLY -> new SendResult.TooEarly(row.pause());
      case ANSWERS_NOTHING -> new SendResult.AnswersNothing(row.sequence());
      case TAKES_NONE -> SendResult.Refused.FORBIDDEN;
      case HELD -> throw new IllegalStateException("held messages are tried again");
    };
  }

  private static SendResult accepted(MessageTable.Row row, boolean duplicate) {
    return new SendResult.Accepted(row.sequence(), row.revision(), row.at(), duplicate);
  }
}

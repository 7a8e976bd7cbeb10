// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import tern.message.ChangeResult;
import tern.message.Committed;
import tern.message.MessageChange;

/// Announces what a group of changes has changed, and answers who asked for them. An attempt whose
/// answer was lost is announced by the safety net.
final class ChangeOutcome implements Groups.Outcome<LaneWork.ChangeMessage, ChangeTable.Row> {
  private final Consumer<Committed> announce;

  ChangeOutcome(Consumer<Committed> announce) {
    this.announce = announce;
  }

  @Override
  public List<LaneWork.ChangeMessage> settle(
      List<LaneWork.ChangeMessage> works, List<ChangeTable.Row> rows, Duration took) {
    List<Committed.Change> changes = new ArrayList<>();
    OptionalLong groupNo = OptionalLong.empty();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).status() == ChangeTable.Status.CHANGED) {
        changes.add(change(works.get(i).change(), rows.get(i)));
        groupNo = OptionalLong.of(rows.get(i).groupNo());
      }
    }
    if (!changes.isEmpty()) {
      announce.accept(new Committed(groupNo, changes));
    }
    List<LaneWork.ChangeMessage> held = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).status() == ChangeTable.Status.HELD) {
        held.add(works.get(i));
      } else {
        works.get(i).reply().answered(result(rows.get(i)));
      }
    }
    return held;
  }

  private static Committed.Change change(MessageChange change, ChangeTable.Row row) {
    MessageChange.Target target = change.target();
    return switch (change) {
      case MessageChange.React react ->
          new Committed.Reacted(
              target.conversation(),
              row.revision(),
              row.membershipRevision(),
              row.lastSequence(),
              target.sequence(),
              react,
              row.count());
      case MessageChange.Edit _, MessageChange.Delete _, MessageChange.Pin _ ->
          new Committed.MessageChanged(
              target.conversation(),
              row.revision(),
              row.membershipRevision(),
              row.lastSequence(),
              row.message().orElseThrow().withOwnReactions(List.of()));
    };
  }

  private static ChangeResult result(ChangeTable.Row row) {
    return switch (row.status()) {
      case CHANGED, UNCHANGED -> new ChangeResult.Done(row.revision(), row.message().orElseThrow());
      case NOT_FOUND -> ChangeResult.Refused.NOT_FOUND;
      case OTHER_CONTENT -> ChangeResult.Refused.CONFLICT;
      case TOO_LARGE -> ChangeResult.Refused.TOO_LARGE;
      case FORBIDDEN -> ChangeResult.Refused.FORBIDDEN;
      case TOO_LATE -> ChangeResult.Refused.TOO_LATE;
      case DELETED -> ChangeResult.Refused.DELETED;
      case LIMIT_REACHED -> ChangeResult.Refused.LIMIT_REACHED;
      case HELD -> throw new IllegalStateException("held changes are tried again");
    };
  }
}

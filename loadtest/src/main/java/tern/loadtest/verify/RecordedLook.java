// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedRun.ROOM;

import java.util.List;
import tern.loadtest.history.InboxLine;
import tern.loadtest.history.Item;
import tern.loadtest.history.MarkerSeen;
import tern.loadtest.history.Seen;

/// The last look of those who have a view of a recorded run's group.
final class RecordedLook {
  private static final long FLUSH_NANOS = 3_000_000_000L;

  private final RecordedRun run;

  RecordedLook(RecordedRun run) {
    this.run = run;
  }

  /// Reads everything as this user.
  void of(String user, int session) {
    run.log(user).add(new Seen.Quiet(run.now(), session));
    run.log(user).add(new Seen.Acknowledged(run.now(), session, ROOM, run.sequence()));
    run.pass(FLUSH_NANOS);
    List<Item> visible = run.visible(user);
    readPage(user, session, "after", visible);
    readPage(
        user,
        session,
        "pinned",
        visible.stream().filter(item -> item.fate().pinnedAtMs() != 0).toList());
    long mark = Math.max(run.read.getOrDefault(user, 0L), visible.getFirst().sequence() - 1);
    int unread =
        (int)
            visible.stream()
                .filter(item -> item.countable() && item.sequence() > mark)
                .filter(item -> !item.sender().equals(user))
                .count();
    InboxLine line =
        new InboxLine(
            ROOM,
            false,
            run.sequence(),
            visible.getLast().text(),
            unread,
            new MarkerSeen(user, run.sequence(), mark),
            run.revision(),
            run.sequence(),
            1,
            run.shelf(user));
    run.log(user).add(new Seen.Inbox(run.now(), session, List.of(line), unread, true));
  }

  private void readPage(String user, int session, String direction, List<Item> items) {
    int request = run.nextRequest();
    run.log(user).add(new Seen.HistoryAsked(run.now(), session, request, ROOM));
    run.log(user)
        .add(
            new Seen.HistoryRead(
                run.now(),
                session,
                request,
                ROOM,
                direction,
                0,
                100,
                items,
                false,
                false,
                run.revision()));
  }
}

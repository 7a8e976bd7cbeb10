// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tern.loadtest.client.Device;
import tern.loadtest.client.Frames;
import tern.loadtest.client.PeopleFrames;
import tern.loadtest.client.ShelfFrames;
import tern.loadtest.history.Relation;
import tern.loadtest.history.Seen;
import tern.v1.InboxList;

/// At the end a device reads everything that it may see, page by page, what is pinned, and then its
/// archive and its whole conversation list. Owned by the device's event loop.
final class LastLook {
  private static final int PAGE = 100;

  private final Device device;
  private final List<String> known;
  private final Deque<String> rooms = new ArrayDeque<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private LastLook(Device device, List<String> known) {
    this.device = device;
    this.known = known;
    rooms.addAll(device.conversations());
  }

  /// Begins; completes when everything has come, the profiles of these users last.
  static CompletableFuture<Void> of(Device device, Recorder recorder, List<String> known) {
    LastLook look = new LastLook(device, known);
    recorder.onAnswer(look::answered);
    look.next(0);
    return look.done;
  }

  private void next(long after) {
    if (rooms.isEmpty()) {
      device.ask(ShelfFrames.list(InboxList.INBOX_LIST_ARCHIVED, PAGE));
    } else {
      device.ask(Frames.historyAfter(rooms.getFirst(), after, PAGE));
    }
  }

  private void answered(Seen seen) {
    switch (seen) {
      case Seen.HistoryRead page -> {
        boolean isLast = !page.hasAfter() || page.messages().isEmpty();
        if (page.direction().equals("pinned")) {
          rooms.removeFirst();
          next(0);
        } else if (isLast) {
          device.ask(Frames.pinned(page.conversation(), 0, PAGE));
        } else {
          next(page.messages().getLast().sequence());
        }
      }
      // The judge has it in writing; on with the next.
      case Seen.Refused refused
          when refused.request().equals("READ_HISTORY")
              || refused.request().equals("LIST_PINNED") -> {
        rooms.removeFirst();
        next(0);
      }
      case Seen.Inbox archive when archive.whole() && archive.archive() ->
          device.ask(ShelfFrames.list(InboxList.INBOX_LIST_MAIN, PAGE));
      case Seen.Inbox inbox when inbox.whole() -> device.ask(PeopleFrames.blocked(PAGE));
      case Seen.RelationsListed listed when listed.kind() == Relation.Kind.BLOCK ->
          device.ask(PeopleFrames.muted(PAGE));
      case Seen.RelationsListed _ -> device.ask(PeopleFrames.profiles(known));
      case Seen.ProfilesShown shown when !shown.asked().isEmpty() -> done.complete(null);
      default -> {}
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tern.loadtest.history.InboxLine;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Step;

/// Makes one client of a recorded run see something else than it did.
final class Forgery {
  private final List<Seen> log;

  Forgery(RecordedRun run, String user) {
    this.log = run.log(user);
  }

  /// Replaces the last thing of this kind.
  void last(Predicate<Seen> which, UnaryOperator<Seen> other) {
    for (int i = log.size() - 1; i >= 0; i--) {
      if (which.test(log.get(i))) {
        log.set(i, other.apply(log.get(i)));
        return;
      }
    }
    throw new IllegalStateException("nothing to forge");
  }

  /// Replaces the live step that ends at a revision.
  void live(long revision, UnaryOperator<Step> other) {
    last(
        seen -> seen instanceof Seen.Live live && live.step().through() == revision,
        seen -> new Seen.Live(seen.at(), seen.session(), other.apply(((Seen.Live) seen).step())));
  }

  /// Replaces what the last page of catch-up shows.
  void caughtUp(UnaryOperator<Item> other) {
    last(
        seen -> seen instanceof Seen.CatchUpPage,
        seen -> {
          Seen.CatchUpPage page = (Seen.CatchUpPage) seen;
          List<Item> items = page.step().messages().stream().map(other).toList();
          return new Seen.CatchUpPage(
              page.at(),
              page.session(),
              page.request(),
              page.step().with(items, List.of()),
              page.reset(),
              page.live(),
              page.hasBefore(),
              page.markers());
        });
  }

  /// Replaces the last page of history that was asked for in a direction.
  void page(String direction, UnaryOperator<List<Item>> other) {
    last(
        seen -> seen instanceof Seen.HistoryRead page && page.direction().equals(direction),
        seen -> {
          Seen.HistoryRead page = (Seen.HistoryRead) seen;
          return new Seen.HistoryRead(
              page.at(),
              page.session(),
              page.request(),
              page.conversation(),
              page.direction(),
              page.sequence(),
              page.limit(),
              List.copyOf(other.apply(page.messages())),
              page.hasBefore(),
              page.hasAfter(),
              page.revision());
        });
  }

  /// Replaces the conversation list's line.
  void line(UnaryOperator<InboxLine> other) {
    last(
        seen -> seen instanceof Seen.Inbox,
        seen -> {
          InboxLine line = other.apply(((Seen.Inbox) seen).lines().getFirst());
          return new Seen.Inbox(seen.at(), seen.session(), List.of(line), line.unread(), true);
        });
  }
}

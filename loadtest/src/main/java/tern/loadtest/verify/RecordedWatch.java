// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.List;
import tern.loadtest.history.Audience;
import tern.loadtest.history.Forward;
import tern.loadtest.history.Headers;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Settings;
import tern.loadtest.history.Step;

/// The part of a recorded run in which grace speaks in an OPEN room that walt is let watch, and
/// wanda is not: walt loses his socket, comes back, ends and begins again.
final class RecordedWatch {
  static final String GRACE = "grace";
  static final String WALT = "walt";
  static final String WANDA = "wanda";

  private static final String EPOCH = "epoch";
  private static final String REFUSED_ID = "00000000-0000-4000-8000-0000000000f4";
  // Until then nobody is shown anything who was sent away.
  private static final long A_WHILE = 20_000_000_000L;

  private final RecordedRun run;
  private final RecordedRoom room;

  RecordedWatch(RecordedRun run) {
    this.run = run;
    this.room = run.hall;
  }

  void play() {
    room.settings.add(new Settings(1, RecordedRulings.AT_FIRST.values()));
    room.memberships.add(new MemberSeen(GRACE, 3, 1, false, 1));
    room.notedAt.put(1L, run.now());
    for (String user : List.of(GRACE, WALT, WANDA)) {
      run.log(user).add(new Seen.Opened(run.now(), 1, EPOCH));
    }
    list(WALT);
    turnAway(WANDA);
    say(1);
    watch(-1, true);
    page(0, "NO_POSITION");
    step(say(2));
    run.log(WALT).add(new Seen.Closed(run.now(), 1, 1006));
    long known = room.revision;
    say(3);
    run.log(WALT).add(new Seen.Opened(run.now(), 2, EPOCH));
    watch(known, true);
    page(known, "");
    unwatch();
    run.pass(A_WHILE);
    watch(room.revision, false);
    step(say(4));
    step(say(5));
    run.log(WALT).add(new Seen.Quiet(run.now(), 2));
  }

  /// The user asks for a copy of a message there, and is told that they may not.
  static void refusedCopy(RecordedRun run, String user) {
    RecordedRoom room = run.hall;
    Forward.Target target = new Forward.Target(room.id, REFUSED_ID);
    Forward forward = new Forward(room.id, 1, true, List.of(target));
    int request = run.nextRequest();
    run.log(user).add(new Seen.ForwardAsked(run.now(), run.session(user), request, forward));
    Forward.Outcome outcome = new Forward.Outcome(target, 0, 0, "FORBIDDEN");
    run.log(user)
        .add(new Seen.Forwarded(run.now(), run.session(user), request, forward, List.of(outcome)));
  }

  private void list(String user) {
    int request = run.nextRequest();
    long at = run.now();
    run.log(GRACE).add(new Seen.ListingAsked(at, 1, request, room.id, List.of(user), List.of()));
    room.listings.add(new Audience.Listing(user, true, run.now()));
    run.log(GRACE).add(new Seen.Listed(run.now(), 1, request, room.id));
  }

  private void turnAway(String user) {
    int request = run.nextRequest();
    run.log(user).add(new Seen.WatchAsked(run.now(), 1, request, room.id, "", -1));
    long at = run.now();
    run.log(user)
        .add(
            new Seen.Refused(
                at, 1, "WATCH_CONVERSATION", room.id, "", "NOT_FOUND", "no such thing"));
    run.log(user).add(new Seen.WatchRefused(at, 1, request, room.id, "NOT_FOUND"));
  }

  private Item say(int counter) {
    String text = GRACE + ":" + counter;
    long sent = run.now();
    Item item = room.say(GRACE, text, true, run.now());
    String id = item.clientMessageId();
    run.log(GRACE).add(new Seen.Sent(sent, 1, room.id, id, text, Headers.NONE, true));
    run.log(GRACE)
        .add(new Seen.Accepted(run.now(), 1, room.id, id, item.sequence(), item.revision(), false));
    return item;
  }

  private void watch(long from, boolean pageFollows) {
    int request = run.nextRequest();
    int session = run.session(WALT);
    run.log(WALT)
        .add(
            new Seen.WatchAsked(run.now(), session, request, room.id, from < 0 ? "" : EPOCH, from));
    run.log(WALT).add(new Seen.WatchBegun(run.now(), session, request, room.id, pageFollows));
  }

  private void unwatch() {
    int request = run.nextRequest();
    run.log(WALT).add(new Seen.UnwatchAsked(run.now(), 2, request, room.id));
    run.log(WALT).add(new Seen.Unwatched(run.now(), 2, request, room.id));
  }

  private void page(long after, String reset) {
    List<Item> items = new ArrayList<>(room.messages);
    items.removeIf(item -> item.revision() <= after);
    boolean isReset = !reset.isEmpty();
    Step step =
        new Step(
            room.id,
            after,
            room.revision,
            room.messages.size(),
            isReset ? List.copyOf(room.memberships) : List.of(),
            List.copyOf(items),
            List.of(),
            isReset ? List.copyOf(room.settings) : List.of());
    run.log(WALT).add(new Seen.WatchedPage(run.now(), run.session(WALT), step, reset, false));
  }

  private void step(Item item) {
    Step step =
        new Step(
            room.id,
            item.revision() - 1,
            item.revision(),
            item.sequence(),
            List.of(),
            List.of(item),
            List.of(),
            List.of());
    run.log(WALT).add(new Seen.Watched(run.now(), run.session(WALT), step));
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedRun.ALICE;
import static tern.loadtest.verify.RecordedRun.BOB;
import static tern.loadtest.verify.RecordedRun.CAROL;
import static tern.loadtest.verify.RecordedRun.LAST;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tern.loadtest.history.Fate;
import tern.loadtest.history.Headers;
import tern.loadtest.history.Item;
import tern.loadtest.history.Past;
import tern.loadtest.history.ReactionStep;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Step;
import tern.loadtest.history.Wish;

/// The part of a recorded run in which messages are edited, reacted to, pinned and deleted, asked
/// for again and refused.
final class RecordedChanges {
  static final String LIKE = "👍";

  private final RecordedRun run;

  RecordedChanges(RecordedRun run) {
    this.run = run;
  }

  /// What becomes of the messages. Carol may see the fifth, which tells of her joining, and
  /// what follows.
  void play() {
    edit(ALICE, LAST, "alice:edit:1");
    repeat(
        ALICE, wish(Wish.Kind.EDIT, LAST, editId("alice:edit:1"), "alice:edit:1"), run.revision());
    refuse(CAROL, wish(Wish.Kind.EDIT, LAST, "edit", "carol:edit:1"), "FORBIDDEN");
    react(BOB, LAST, LIKE, true);
    react(ALICE, LAST, LIKE, true);
    react(CAROL, LAST, "ok", true);
    repeat(BOB, wish(Wish.Kind.REACT, LAST, LIKE, ""), 0);
    edit(BOB, 2, "bob:edit:1");
    run.online.remove(BOB);
    run.log(BOB).add(new Seen.Closed(run.now(), 2, 1006));
    final long known = run.revision();
    react(CAROL, LAST, "ok", false);
    refuse(CAROL, wish(Wish.Kind.REACT, 2, LIKE, ""), "NOT_FOUND");
    pin(ALICE, 4);
    run.log(BOB).add(new Seen.Opened(run.now(), 3, "epoch"));
    run.catchUp(BOB, 3, known);
    pin(ALICE, 6);
    pin(ALICE, LAST);
    delete(ALICE, 3);
    delete(ALICE, 6);
    refuse(BOB, wish(Wish.Kind.REACT, 6, LIKE, ""), "FORBIDDEN");
    react(BOB, LAST, "ok", true);
  }

  private void edit(String user, long sequence, String text) {
    String id = editId(text);
    long at = run.revision() + 1;
    run.edits.add(new Past.Edited(at, sequence, id));
    change(
        user,
        wish(Wish.Kind.EDIT, sequence, id, text),
        item -> {
          Fate old = item.fate();
          return item.with(text, at)
              .with(item.headers().edited())
              .with(new Fate(at, 0, "", old.pinnedAtMs(), old.reactions(), List.of()));
        },
        List.of());
  }

  private void pin(String user, long sequence) {
    long at = run.revision() + 1;
    change(
        user,
        wish(Wish.Kind.PIN, sequence, "", ""),
        item -> {
          Fate old = item.fate();
          return item.with(new Fate(old.editedAtMs(), 0, "", at, old.reactions(), List.of()));
        },
        List.of());
  }

  private void delete(String user, long sequence) {
    long at = run.revision() + 1;
    change(
        user,
        wish(Wish.Kind.DELETE, sequence, "", ""),
        item ->
            new Item(
                sequence,
                at,
                item.sender(),
                item.clientMessageId(),
                "",
                false,
                Headers.NONE,
                new Fate(0, at, user, 0, List.of(), List.of())),
        List.of());
  }

  private void react(String user, long sequence, String reaction, boolean on) {
    run.reactions.add(new Past.Reacted(run.revision() + 1, sequence, user, reaction, on));
    List<Fate.Reactors> kinds = new ArrayList<>();
    List<String> users = new ArrayList<>();
    for (Fate.Reactors kind : run.message(sequence, true).fate().reactions()) {
      if (kind.reaction().equals(reaction)) {
        users.addAll(kind.users());
      } else {
        kinds.add(kind);
      }
    }
    boolean _ = on ? users.add(user) : users.remove(user);
    if (!users.isEmpty()) {
      kinds.add(new Fate.Reactors(reaction, users.size(), List.copyOf(users)));
    }
    change(
        user,
        new Wish(Wish.Kind.REACT, RecordedRun.ROOM, sequence, reaction, "", on),
        item -> item.with(item.fate().withReactions(List.copyOf(kinds), List.of())),
        List.of(new ReactionStep(sequence, user, reaction, on, users.size())));
  }

  private void change(String user, Wish wish, UnaryOperator<Item> become, List<ReactionStep> told) {
    int request = ask(user, wish);
    long after = run.revision();
    long revision = run.takeRevision();
    Item before = run.message(wish.sequence(), true);
    Item item = become.apply(before);
    run.changes.add(item.with(item.text(), revision));
    for (String other : run.online) {
      boolean sees = wish.sequence() >= run.visibleFrom(other);
      List<Item> shown =
          sees && told.isEmpty() ? List.of(run.message(wish.sequence(), true)) : List.of();
      Step step =
          new Step(
              RecordedRun.ROOM,
              after,
              revision,
              run.sequence(),
              List.of(),
              shown,
              sees ? told : List.of(),
              List.of());
      run.log(other).add(new Seen.Live(run.now(), run.session(other), step));
    }
    answer(user, request, wish, revision);
  }

  /// Asks for what was asked for already.
  private void repeat(String user, Wish wish, long answered) {
    answer(user, ask(user, wish), wish, answered);
  }

  private void refuse(String user, Wish wish, String code) {
    int request = ask(user, wish);
    run.log(user).add(new Seen.ChangeRefused(run.now(), run.session(user), request, wish, code));
  }

  private int ask(String user, Wish wish) {
    int request = run.nextRequest();
    run.log(user).add(new Seen.ChangeAsked(run.now(), run.session(user), request, wish));
    return request;
  }

  private void answer(String user, int request, Wish wish, long answered) {
    Item item = RecordedRun.own(user, run.message(wish.sequence(), true));
    run.log(user)
        .add(new Seen.Changed(run.now(), run.session(user), request, wish, answered, item));
  }

  private static Wish wish(Wish.Kind kind, long sequence, String id, String text) {
    return new Wish(kind, RecordedRun.ROOM, sequence, id, text, true);
  }

  private static String editId(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}

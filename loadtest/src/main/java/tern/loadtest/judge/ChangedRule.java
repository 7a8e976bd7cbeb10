// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Past;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Wish;

/// What was answered to a change is true: the revision holds just this change, a repeated edit was
/// told the first one's revision, any other repeat that nothing changed; and who asks after a
/// change was answered gets a higher revision.
final class ChangedRule implements Rule {
  private record Key(String conversation, long revision) {}

  /// A change that was answered: who asked for what first, and when; when it was first answered.
  private record Done(String what, long askedAt, long answeredAt) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<String, Long> editsAsked = editsAsked(history);
    Map<Key, Done> done = new HashMap<>();
    Map<String, Seen.Changed> edits = new HashMap<>();
    for (ClientLog client : history.clients()) {
      Map<Integer, Seen.ChangeAsked> asked = new HashMap<>();
      for (Seen seen : client.seen()) {
        switch (seen) {
          case Seen.Opened _ -> asked.clear();
          case Seen.ChangeAsked of -> asked.put(of.request(), of);
          case Seen.Changed of -> {
            checkAnswer(client, of, truth, findings);
            checkOnce(client, of, asked.get(of.request()), editsAsked, done, findings);
            checkRepeat(client, of, edits, findings);
          }
          default -> {}
        }
      }
    }
    checkOrder(done, findings);
  }

  private static Map<String, Long> editsAsked(History history) {
    Map<String, Long> asked = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.ChangeAsked of && of.wish().kind() == Wish.Kind.EDIT) {
          asked.merge(of.wish().id(), of.at(), Math::min);
        }
      }
    }
    return asked;
  }

  private static void checkAnswer(
      ClientLog client, Seen.Changed changed, Truth truth, Findings findings) {
    Wish wish = changed.wish();
    Room room = truth.room(wish.conversation());
    Timeline timeline = room.timeline();
    long revision = changed.revision();
    findings.check(
        Invariant.LOST,
        revision == 0 || isKept(client.user(), wish, revision, timeline),
        "%s: changed and lost: %s, the store held there %s",
        client.client(),
        changed,
        timeline.at(wish.sequence(), revision));
    findings.check(
        Invariant.REFUSED,
        revision > 0 || isSoAlready(client.user(), changed, timeline),
        "%s: something was to change, and yet %s",
        client.client(),
        changed);
    Item message = changed.message();
    findings.check(
        Invariant.DIVERGED,
        message.sequence() == wish.sequence() && message.revision() >= revision,
        "%s: answered with another message, or an older one: %s",
        client.client(),
        changed);
    truth.agrees(
        client, wish.conversation(), message, message.revision(), Likeness.Way.ANSWER, findings);
  }

  private static boolean isKept(String user, Wish wish, long revision, Timeline timeline) {
    @Nullable Item state = timeline.states(wish.sequence()).get(revision);
    if (state == null) {
      return false;
    }
    Optional<Past.Reacted> reacted = timeline.reacted(revision);
    return switch (wish.kind()) {
      case EDIT -> state.text().equals(wish.text());
      case DELETE -> state.isDeleted() && state.fate().deletedBy().equals(user);
      case PIN -> wish.on() == (state.fate().pinnedAtMs() != 0) && reacted.isEmpty();
      case REACT ->
          reacted
              .filter(
                  note ->
                      note.sequence() == wish.sequence()
                          && note.user().equals(user)
                          && note.reaction().equals(wish.id())
                          && note.on() == wish.on())
              .isPresent();
    };
  }

  /// Whether it was as wished without a change.
  private static boolean isSoAlready(String user, Seen.Changed changed, Timeline timeline) {
    Wish wish = changed.wish();
    Item now = changed.message();
    return switch (wish.kind()) {
      // Each edit has a text of its own, and a repeat is told the first one's revision.
      case EDIT -> false;
      case DELETE -> now.isDeleted();
      case PIN -> wish.on() == (now.fate().pinnedAtMs() != 0);
      case REACT ->
          wish.on() == timeline.reactors(wish.sequence(), now.revision(), wish.id()).contains(user);
    };
  }

  /// A revision is the answer to one request, and to the repeats of one edit.
  private static void checkOnce(
      ClientLog client,
      Seen.Changed changed,
      Seen.@Nullable ChangeAsked asked,
      Map<String, Long> editsAsked,
      Map<Key, Done> done,
      Findings findings) {
    if (changed.revision() == 0 || asked == null) {
      return;
    }
    Wish wish = changed.wish();
    boolean isEdit = wish.kind() == Wish.Kind.EDIT;
    String what =
        isEdit ? wish.id() : client.client() + " " + asked.session() + " " + asked.request();
    long askedAt = isEdit ? editsAsked.getOrDefault(wish.id(), asked.at()) : asked.at();
    Done now = new Done(what, askedAt, changed.at());
    Key key = new Key(wish.conversation(), changed.revision());
    Done before = done.get(key);
    findings.check(
        Invariant.DUPLICATED,
        before == null || before.what().equals(what),
        "%s: two changes were told one revision: %s, and before %s",
        client.client(),
        changed,
        before);
    if (before == null || before.answeredAt() > now.answeredAt()) {
      done.put(key, now);
    }
  }

  private static void checkRepeat(
      ClientLog client, Seen.Changed changed, Map<String, Seen.Changed> edits, Findings findings) {
    if (changed.wish().kind() != Wish.Kind.EDIT) {
      return;
    }
    Seen.Changed before = edits.putIfAbsent(changed.wish().id(), changed);
    if (before != null) {
      findings.check(
          Invariant.DUPLICATED,
          before.revision() == changed.revision() && before.wish().equals(changed.wish()),
          "%s: one edit, answered twice: %s and %s",
          client.client(),
          before,
          changed);
    }
  }

  private static void checkOrder(Map<Key, Done> done, Findings findings) {
    Map<String, List<Map.Entry<Key, Done>>> byRoom = new HashMap<>();
    for (Map.Entry<Key, Done> each : done.entrySet()) {
      byRoom.computeIfAbsent(each.getKey().conversation(), _ -> new ArrayList<>()).add(each);
    }
    for (List<Map.Entry<Key, Done>> changes : byRoom.values()) {
      changes.sort(Comparator.comparingLong(each -> -each.getKey().revision()));
      long earliest = Long.MAX_VALUE;
      for (Map.Entry<Key, Done> each : changes) {
        findings.check(
            Invariant.DISORDERED,
            earliest >= each.getValue().askedAt(),
            "%s: %s was asked for after a change with a higher revision had been answered",
            each.getKey(),
            each.getValue());
        earliest = Math.min(earliest, each.getValue().answeredAt());
      }
    }
  }
}

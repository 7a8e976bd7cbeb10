// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Step;
import tern.loadtest.history.Stored;

/// A step or page from revision `after` to `through` holds exactly what the store says changed
/// between them and this member, or watcher, may see: one snapshot, nothing missing, nothing else.
final class PageRule implements Rule {
  @Override
  public void check(History history, Truth truth, Findings findings) {
    AskTimes times = AskTimes.of(history);
    for (ClientLog client : history.clients()) {
      Requests requests = new Requests();
      for (Seen seen : client.seen()) {
        requests.note(seen);
        switch (seen) {
          case Seen.Live live ->
              checkLive(client, live, stay(client, live.step(), truth), times, truth, findings);
          case Seen.Watched watched ->
              checkLive(client, watched.live(), Optional.of(Stay.WATCHING), times, truth, findings);
          case Seen.CatchUpPage page -> {
            long askedAt = requests.askedAt(page.request());
            checkPage(client, page, askedAt, stay(client, page.step(), truth), truth, findings);
          }
          case Seen.WatchedPage page ->
              checkPage(
                  client, page.page(), page.at(), Optional.of(Stay.WATCHING), truth, findings);
          default -> {}
        }
      }
    }
  }

  private static Optional<Stay> stay(ClientLog client, Step step, Truth truth) {
    return truth.room(step.conversation()).stayAt(client.user(), step.through());
  }

  private static void checkLive(
      ClientLog client,
      Seen.Live live,
      Optional<Stay> stay,
      AskTimes times,
      Truth truth,
      Findings findings) {
    Step step = live.step();
    Room room = truth.room(step.conversation());
    if (stay.isEmpty()) {
      checkItems(client, step, false, Likeness.Way.NEWS, truth, findings);
      return;
    }
    Stay shown = stay.get();
    for (Stay may : room.shelves().until(client.user(), stay.get(), live.at())) {
      boolean fits = fits(step, Owed.live(step, may, room.timeline()), false, room);
      shown = fits ? may : shown;
    }
    Owed owed = Owed.live(step, shown, room.timeline());
    boolean isAgain =
        times.mayBeAgain(step.conversation(), step.through(), live.at())
            && Owed.isAgain(step, shown, room.timeline());
    if (isAgain) {
      for (Item item : step.messages()) {
        long revision = Math.max(item.revision(), step.through());
        truth.agrees(client, step.conversation(), item, revision, Likeness.Way.NEWS, findings);
      }
      checkHead(client, step, room, findings);
    } else {
      checkItems(client, step, false, Likeness.Way.NEWS, truth, findings);
      checkWhole(client, step, owed, false, room, findings);
    }
    checkMembers(client, step, room.stored(), findings);
    SettingsShown.check(client, live, room, findings);
  }

  private static void checkPage(
      ClientLog client,
      Seen.CatchUpPage page,
      long askedAt,
      Optional<Stay> stay,
      Truth truth,
      Findings findings) {
    Step step = page.step();
    boolean isReset = !page.reset().isEmpty();
    Room room = truth.room(step.conversation());
    checkItems(client, step, isReset, Likeness.Way.PAGE, truth, findings);
    SettingsShown.check(client, page, room, findings);
    if (stay.isEmpty()) {
      return;
    }
    List<Stay> may = room.shelves().between(client.user(), stay.get(), askedAt, page.at());
    if (isReset) {
      checkNewest(client, page, may, room, findings);
    } else {
      Owed owed = Owed.page(step, may.getFirst(), room.timeline());
      for (Stay each : may) {
        Owed other = Owed.page(step, each, room.timeline());
        owed = fits(step, other, !page.live(), room) ? other : owed;
      }
      checkWhole(client, step, owed, !page.live(), room, findings);
      checkMembers(client, step, room.stored(), findings);
    }
  }

  private static boolean fits(Step step, Owed owed, boolean othersFollow, Room room) {
    return isWhole(step, owed, othersFollow, room) && step.reactions().equals(owed.reactions());
  }

  // From a page that others follow, what has changed again may be left for those.
  private static boolean isWhole(Step step, Owed owed, boolean othersFollow, Room room) {
    Set<Long> shown = Owed.sequences(step);
    Set<Long> lacking = new TreeSet<>(owed.messages());
    lacking.removeAll(shown);
    if (othersFollow) {
      lacking.removeIf(sequence -> room.timeline().states(sequence).lastKey() > step.through());
    }
    return lacking.isEmpty()
        && shown.size() == step.messages().size()
        && owed.messages().containsAll(shown);
  }

  private static void checkItems(
      ClientLog client,
      Step step,
      boolean isReset,
      Likeness.Way way,
      Truth truth,
      Findings findings) {
    Room room = truth.room(step.conversation());
    long before = 0;
    for (Item item : step.messages()) {
      truth.agrees(client, step.conversation(), item, step.through(), way, findings);
      long place = isReset ? item.sequence() : item.revision();
      findings.check(
          Invariant.DISORDERED,
          place > before
              && item.revision() <= step.through()
              && (isReset || item.revision() > step.after()),
          "%s: %s in a step from %s to %s",
          client.client(),
          item,
          step.after(),
          step.through());
      before = place;
    }
    checkHead(client, step, room, findings);
  }

  private static void checkHead(ClientLog client, Step step, Room room, Findings findings) {
    findings.check(
        Invariant.GAPS,
        step.sequence() == room.headAt(step.through()),
        "%s: %s at revision %s is told to stand at sequence %s (expected: %s)",
        client.client(),
        step.conversation(),
        step.through(),
        step.sequence(),
        room.headAt(step.through()));
  }

  /// Every message and every reaction of the step that this member may see is in it, and no other.
  private static void checkWhole(
      ClientLog client, Step step, Owed owed, boolean othersFollow, Room room, Findings findings) {
    findings.check(
        Invariant.GAPS,
        isWhole(step, owed, othersFollow, room),
        "%s: %s from %s to %s shows messages %s (expected: %s)",
        client.client(),
        step.conversation(),
        step.after(),
        step.through(),
        Owed.sequences(step),
        owed.messages());
    findings.check(
        Invariant.GAPS,
        step.reactions().equals(owed.reactions()),
        "%s: %s from %s to %s tells of reactions %s (expected: %s)",
        client.client(),
        step.conversation(),
        step.after(),
        step.through(),
        step.reactions(),
        owed.reactions());
  }

  /// A membership whose latest change lies in the step must be in the step.
  private static void checkMembers(ClientLog client, Step step, Stored stored, Findings findings) {
    for (Stored.StoredMember member : stored.members()) {
      long revision = member.member().revision();
      if (step.after() < revision && revision <= step.through()) {
        boolean isShown = false;
        for (MemberSeen shown : step.members()) {
          isShown |= shown.equals(member.member());
        }
        findings.check(
            Invariant.GAPS,
            isShown,
            "%s: %s from %s to %s does not tell of %s",
            client.client(),
            step.conversation(),
            step.after(),
            step.through(),
            member.member());
      }
    }
  }

  /// A reset shows the newest messages, all of them from its first one on.
  private static void checkNewest(
      ClientLog client, Seen.CatchUpPage page, List<Stay> may, Room room, Findings findings) {
    Step step = page.step();
    long head = room.headAt(step.through());
    Set<Long> shown = Owed.sequences(step);
    long first = step.messages().stream().mapToLong(Item::sequence).min().orElse(head + 1);
    findings.check(
        Invariant.GAPS,
        step.messages().size() == room.between(first, head).size()
            && shown.size() == step.messages().size()
            && step.reactions().isEmpty()
            && may.stream()
                .anyMatch(
                    stay ->
                        first >= stay.visibleFrom()
                            && page.hasBefore()
                                == (first > stay.visibleFrom() && head >= stay.visibleFrom())),
        "%s: the newest page of %s at revision %s: %s messages from %s on, more before: %s",
        client.client(),
        step.conversation(),
        step.through(),
        step.messages().size(),
        first,
        page.hasBefore());
  }
}

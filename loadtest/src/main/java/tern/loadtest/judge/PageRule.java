// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.List;
import java.util.Optional;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Step;
import tern.loadtest.history.Stored;

/// A step or page from revision `after` to `through` holds exactly what the store says changed
/// between them and this member may see: one snapshot, nothing missing, nothing else.
final class PageRule implements Rule {
  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        switch (seen) {
          case Seen.Live live -> check(client, live.step(), false, truth, findings);
          case Seen.CatchUpPage page -> checkPage(client, page, truth, findings);
          default -> {}
        }
      }
    }
  }

  private static void checkPage(
      ClientLog client, Seen.CatchUpPage page, Truth truth, Findings findings) {
    boolean isReset = !page.reset().isEmpty();
    check(client, page.step(), isReset, truth, findings);
    if (isReset) {
      checkNewest(client, page, truth, findings);
    }
  }

  private static void check(
      ClientLog client, Step step, boolean isReset, Truth truth, Findings findings) {
    Room room = truth.room(step.conversation());
    long before = 0;
    for (Item item : step.messages()) {
      truth.agrees(client.client(), step.conversation(), item, findings);
      findings.check(
          Invariant.DISORDERED,
          item.revision() > before
              && item.revision() <= step.through()
              && (isReset || item.revision() > step.after()),
          "%s: %s in a step from %s to %s",
          client.client(),
          item,
          step.after(),
          step.through());
      before = item.revision();
    }
    findings.check(
        Invariant.GAPS,
        step.sequence() == room.headAt(step.through()),
        "%s: %s at revision %s is told to stand at sequence %s (expected: %s)",
        client.client(),
        step.conversation(),
        step.through(),
        step.sequence(),
        room.headAt(step.through()));
    Optional<Stay> stay = room.stayAt(client.user(), step.through());
    if (!isReset && stay.isPresent()) {
      checkWhole(client, step, stay.get(), room, findings);
      checkMembers(client, step, room.stored(), findings);
    }
  }

  /// Every message of the step that this member may see is in it.
  private static void checkWhole(
      ClientLog client, Step step, Stay stay, Room room, Findings findings) {
    long first = Math.max(room.headAt(step.after()) + 1, stay.visibleFrom());
    List<Item> owed = room.between(first, room.headAt(step.through()));
    findings.check(
        Invariant.GAPS,
        owed.size() == step.messages().size(),
        "%s: %s from %s to %s shows %s messages (expected: %s)",
        client.client(),
        step.conversation(),
        step.after(),
        step.through(),
        step.messages().size(),
        owed.size());
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
      ClientLog client, Seen.CatchUpPage page, Truth truth, Findings findings) {
    Step step = page.step();
    Room room = truth.room(step.conversation());
    Optional<Stay> stay = room.stayAt(client.user(), step.through());
    if (stay.isEmpty()) {
      return;
    }
    long head = room.headAt(step.through());
    long first = step.messages().isEmpty() ? head + 1 : step.messages().getFirst().sequence();
    boolean hasBefore = first > stay.get().visibleFrom() && head >= stay.get().visibleFrom();
    findings.check(
        Invariant.GAPS,
        step.messages().size() == room.between(first, head).size() && page.hasBefore() == hasBefore,
        "%s: the newest page of %s at revision %s: %s messages from %s on, more before: %s",
        client.client(),
        step.conversation(),
        step.through(),
        step.messages().size(),
        first,
        page.hasBefore());
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.InboxLine;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.ReactionStep;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Step;

/// Nobody is shown what lies outside their membership at that revision, and an outsider can't tell
/// a conversation that exists from one that does not.
final class SecrecyRule implements Rule {
  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<String, String> answers = new TreeMap<>();
    for (ClientLog client : history.clients()) {
      Requests requests = new Requests();
      for (Seen seen : client.seen()) {
        requests.note(seen);
        check(client, seen, requests, truth, findings);
        if (client.outsider() && seen instanceof Seen.Refused refused) {
          checkAlike(client, refused, answers, findings);
        }
      }
    }
  }

  private static void check(
      ClientLog client, Seen seen, Requests requests, Truth truth, Findings findings) {
    switch (seen) {
      case Seen.Live live -> {
        Room room = truth.room(live.step().conversation());
        Optional<Stay> stay = room.stayAt(client.user(), live.step().through());
        checkItems(client, room, stay, live.step().messages(), findings);
        checkReactions(client, room, live.step(), findings);
      }
      case Seen.CatchUpPage page -> {
        Room room = truth.room(page.step().conversation());
        long askedAt = requests.askedAt(page.request());
        Optional<Stay> stay = first(client, room, page.step().through(), askedAt, page.at());
        checkItems(client, room, stay, page.step().messages(), findings);
        checkReactions(client, room, page.step(), findings);
      }
      case Seen.HistoryRead page -> {
        Room room = truth.room(page.conversation());
        long askedAt = requests.askedAt(page.request());
        Optional<Stay> stay =
            first(client, room, page.revision(), askedAt, page.at())
                .or(() -> room.watching(client, page, askedAt));
        checkItems(client, room, stay, page.messages(), findings);
      }
      case Seen.Inbox inbox -> {
        for (InboxLine line : inbox.lines()) {
          checkLine(client, truth.room(line.conversation()), line, findings);
        }
      }
      case Seen.Members members -> checkMembers(client, members, truth, findings);
      case Seen.Markers markers ->
          checkEver(client, truth.room(markers.conversation()), markers, findings);
      case Seen.Typed typed -> checkEver(client, truth.room(typed.conversation()), typed, findings);
      case Seen.Accepted accepted ->
          checkEver(client, truth.room(accepted.conversation()), accepted, findings);
      case Seen.Changed changed -> checkChanged(client, changed, truth, findings);
      case Seen.ReadMarked marked ->
          checkEver(client, truth.room(marked.conversation()), marked, findings);
      default -> {}
    }
  }

  /// The membership at a revision, with the first message that the user may have been able to see
  /// at a moment between question and answer.
  private static Optional<Stay> first(
      ClientLog client, Room room, long revision, long from, long to) {
    return room.stayAt(client.user(), revision)
        .map(stay -> room.shelves().between(client.user(), stay, from, to).getFirst());
  }

  private static void checkItems(
      ClientLog client, Room room, Optional<Stay> stay, List<Item> items, Findings findings) {
    boolean isOwn =
        stay.isPresent()
            && items.stream().allMatch(item -> item.sequence() >= stay.get().visibleFrom());
    findings.check(
        Invariant.LEAKED,
        isOwn,
        "%s: was shown %s, %s messages, with the membership %s of: %s",
        client.client(),
        room.stored().conversation(),
        items.size(),
        stay,
        room.stays(client.user()));
  }

  private static void checkReactions(ClientLog client, Room room, Step step, Findings findings) {
    Optional<Stay> stay = room.stayAt(client.user(), step.through());
    for (ReactionStep change : step.reactions()) {
      findings.check(
          Invariant.LEAKED,
          stay.isPresent() && change.sequence() >= stay.get().visibleFrom(),
          "%s: was told in %s at revision %s of %s",
          client.client(),
          step.conversation(),
          step.through(),
          change);
    }
  }

  /// Who is answered a change sees the message.
  private static void checkChanged(
      ClientLog client, Seen.Changed changed, Truth truth, Findings findings) {
    Room room = truth.room(changed.wish().conversation());
    long sequence = changed.wish().sequence();
    boolean mayHave =
        room.stays(client.user()).stream().anyMatch(stay -> stay.visibleFrom() <= sequence);
    findings.check(
        Invariant.LEAKED, mayHave, "%s: may not see it, and yet %s", client.client(), changed);
  }

  private static void checkLine(ClientLog client, Room room, InboxLine line, Findings findings) {
    Optional<Stay> stay = room.stayAt(client.user(), line.revision());
    boolean isOwn =
        line.removed()
            ? !room.stays(client.user()).isEmpty()
            : stay.isPresent()
                && (line.lastSequence() == 0
                    || (line.lastSequence() >= stay.get().visibleFrom()
                        && line.lastSequence() >= line.shelf().visibleFrom()));
    findings.check(Invariant.LEAKED, isOwn, "%s: has in its list %s", client.client(), line);
  }

  private static void checkMembers(
      ClientLog client, Seen.Members members, Truth truth, Findings findings) {
    Room room = truth.room(members.conversation());
    boolean isLeaving = false;
    for (MemberSeen member : members.members()) {
      isLeaving |= member.user().equals(client.user()) && member.removed();
    }
    findings.check(
        Invariant.LEAKED,
        isLeaving
            || members.revision() == 0
            || room.stayAt(client.user(), members.revision()).isPresent(),
        "%s: was told the members of %s at revision %s",
        client.client(),
        members.conversation(),
        members.revision());
  }

  private static void checkEver(ClientLog client, Room room, Seen seen, Findings findings) {
    findings.check(
        Invariant.LEAKED,
        !room.stays(client.user()).isEmpty(),
        "%s: was never a member, and yet %s",
        client.client(),
        seen);
  }

  /// One kind of request gets one answer, whether the conversation exists or not.
  private static void checkAlike(
      ClientLog client, Seen.Refused refused, Map<String, String> answers, Findings findings) {
    // These tell of the socket's own traffic, not of the conversation.
    boolean isOfTraffic =
        refused.code().equals("RATE_LIMITED")
            || refused.code().equals("UNAVAILABLE")
            || refused.message().contains("runs already")
            || refused.message().contains("asked for already");
    boolean namesNone =
        refused.conversation().isEmpty() && !refused.request().equals(EntryRule.REQUEST);
    if (namesNone || isOfTraffic) {
      return;
    }
    String answer = refused.code() + " " + refused.message().replace(refused.conversation(), "?");
    String usual = answers.computeIfAbsent(refused.request(), _ -> answer);
    findings.check(
        Invariant.LEAKED,
        refused.code().equals("NOT_FOUND") && answer.equals(usual),
        "%s: can tell conversations apart: \"%s\" and \"%s\"",
        client.client(),
        answer,
        usual);
  }
}

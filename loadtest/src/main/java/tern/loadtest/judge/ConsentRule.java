// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;

/// Nobody is brought into a group, new or old, by somebody whom they block; and for no other reason
/// is anybody refused a group of their own.
final class ConsentRule implements Rule {
  static final String REQUEST = "CREATE_GROUP";

  @Override
  public void check(History history, Truth truth, Findings findings) {
    truth.rooms().stream()
        .filter(room -> !room.stored().direct())
        .forEach(room -> checkFounded(room, truth.said(), findings));
    for (ClientLog client : history.clients()) {
      check(client, truth, findings);
    }
  }

  private static void checkFounded(Room room, Said said, Findings findings) {
    List<MemberSeen> first =
        room.stored().memberships().stream().filter(it -> it.revision() == 1).toList();
    List<String> guests =
        first.stream().filter(it -> it.role() < Moment.OWNER).map(MemberSeen::user).toList();
    for (MemberSeen member : first) {
      if (member.role() == Moment.OWNER) {
        checkBroughtIn(member.user(), guests, room, 1, said, findings);
      }
    }
  }

  private static void checkBroughtIn(
      String host,
      Collection<String> guests,
      Room room,
      long revision,
      Said said,
      Findings findings) {
    long at = room.rights().notedAt(revision);
    for (String guest : guests) {
      findings.check(
          Invariant.LEAKED,
          !said.blocked(guest, host, at),
          "%s: brought in at %d by %s, whom %s blocked: %s",
          room.stored().conversation(),
          revision,
          host,
          guest,
          said.all(guest, host));
    }
  }

  private static void check(ClientLog client, Truth truth, Findings findings) {
    Awaited<Seen.FoundingAsked> awaited = new Awaited<>();
    for (Seen seen : client.seen()) {
      awaited.note(seen);
      switch (seen) {
        case Seen.FoundingAsked of -> awaited.ask(of.request(), of);
        case Seen.Founded of -> awaited.answer(of.request());
        case Seen.FoundingRefused of ->
            checkRefused(client, of, awaited.answer(of.request()), truth.said(), findings);
        case Seen.Ruled of when of.ruling().kind() == Ruling.Kind.ADD && of.revision() > 0 ->
            checkAdded(client.user(), of, truth, findings);
        default -> {}
      }
    }
    awaited.end(client, findings);
  }

  private static void checkAdded(String host, Seen.Ruled ruled, Truth truth, Findings findings) {
    Room room = truth.room(ruled.ruling().conversation());
    List<String> guests =
        ruled.ruling().users().stream()
            .filter(user -> room.rights().memberships(user).containsKey(ruled.revision()))
            .toList();
    checkBroughtIn(host, guests, room, ruled.revision(), truth.said(), findings);
  }

  private static void checkRefused(
      ClientLog client,
      Seen.FoundingRefused refused,
      Optional<Seen.FoundingAsked> asked,
      Said said,
      Findings findings) {
    if (Awaited.isForNow(refused.code())) {
      return;
    }
    boolean hasReason =
        refused.code().equals("FORBIDDEN")
            && asked
                .filter(it -> said.anyCouldBlock(it.guests(), client.user(), it.at(), refused.at()))
                .isPresent();
    findings.check(
        Invariant.REFUSED, hasReason, "%s: %s, in answer to %s", client.client(), refused, asked);
  }
}

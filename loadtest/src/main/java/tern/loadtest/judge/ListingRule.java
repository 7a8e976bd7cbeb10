// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.Audience;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Seen;

/// Who may watch is changed only by those who run the conversation, and when they are answered it
/// has been changed.
final class ListingRule implements Rule {
  private record Wisher(String user, Seen.ListingAsked wish) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<String, List<Wisher>> asked = new HashMap<>();
    for (ClientLog client : history.clients()) {
      check(client, asked, truth, findings);
    }
    for (Room room : truth.rooms()) {
      List<Wisher> ofRoom = asked.getOrDefault(room.stored().conversation(), List.of());
      for (Audience.Listing listing : room.stored().rules().audience().listings()) {
        findings.check(
            Invariant.LEAKED,
            ofRoom.stream().anyMatch(who -> leadsTo(who, listing, room.rights())),
            "store: %s: nobody who may has asked for %s",
            room.stored().conversation(),
            listing);
      }
    }
  }

  private static void check(
      ClientLog client, Map<String, List<Wisher>> all, Truth truth, Findings findings) {
    Awaited<Seen.ListingAsked> awaited = new Awaited<>();
    for (Seen seen : client.seen()) {
      awaited.note(seen);
      switch (seen) {
        case Seen.ListingAsked of -> {
          awaited.ask(of.request(), of);
          all.computeIfAbsent(of.conversation(), _ -> new ArrayList<>())
              .add(new Wisher(client.user(), of));
        }
        case Seen.Listed of -> checkDone(client, of, awaited.answer(of.request()), truth, findings);
        default -> {}
      }
    }
  }

  private static boolean leadsTo(Wisher who, Audience.Listing listing, Rights rights) {
    List<String> named = listing.listed() ? who.wish().added() : who.wish().removed();
    return named.contains(listing.user())
        && who.wish().at() <= listing.at() + Rights.CLOCKS
        && rights.couldBe(who.user(), who.wish().at(), listing.at(), Moment::moderates);
  }

  private static void checkDone(
      ClientLog client,
      Seen.Listed done,
      Optional<Seen.ListingAsked> asked,
      Truth truth,
      Findings findings) {
    Gate gate = truth.room(done.conversation()).gate();
    boolean isDone =
        asked
            .filter(
                it ->
                    it.added().stream()
                            .allMatch(user -> gate.couldBeListed(user, it.at(), done.at()))
                        && it.removed().stream()
                            .allMatch(user -> gate.couldBeUnlisted(user, it.at(), done.at())))
            .isPresent();
    findings.check(Invariant.LOST, isDone, "%s: %s, in answer to %s", client.client(), done, asked);
  }
}

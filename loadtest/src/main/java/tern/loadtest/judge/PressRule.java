// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Press;
import tern.loadtest.history.Seen;

/// A press that was answered is kept, once, however often it was sent; a card's presses are
/// numbered without gaps; nobody but the card's sender is told of them; and what is refused has a
/// reason.
final class PressRule implements Rule {
  static final String REQUEST = "PRESS_BUTTON";

  private static final String ONCE = "once";

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Set<Press> asked = new HashSet<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.PressAsked of) {
          asked.add(of.press());
        }
      }
    }
    for (Room room : truth.rooms()) {
      checkKept(room, asked, findings);
    }
    for (ClientLog client : history.clients()) {
      if (!client.outsider()) {
        check(client, truth, findings);
      }
    }
  }

  private static void checkKept(Room room, Set<Press> asked, Findings findings) {
    Map<Long, Long> last = new HashMap<>();
    Set<List<String>> once = new HashSet<>();
    for (Press press : room.stored().presses()) {
      long before = Optional.ofNullable(last.put(press.sequence(), press.number())).orElse(0L);
      findings.check(
          Invariant.GAPS, press.number() == before + 1, "store: %s after number %s", press, before);
      findings.check(
          Invariant.LEAKED, asked.contains(asAsked(press)), "store: nobody pressed %s", press);
      String card = String.valueOf(press.sequence());
      boolean isNew = once.add(List.of(card, press.user(), press.pressId()));
      boolean isFirst = !press.button().equals(ONCE) || once.add(List.of(card, press.user(), ONCE));
      findings.check(Invariant.DUPLICATED, isNew && isFirst, "store: kept twice: %s", press);
    }
  }

  private static Press asAsked(Press press) {
    return new Press(
        press.conversation(),
        press.sequence(),
        0,
        press.user(),
        press.button(),
        "",
        press.pressId());
  }

  private static void check(ClientLog client, Truth truth, Findings findings) {
    Awaited<Seen.PressAsked> awaited = new Awaited<>();
    for (Seen seen : client.seen()) {
      awaited.note(seen);
      switch (seen) {
        case Seen.PressAsked of -> awaited.ask(of.request(), of);
        case Seen.Pressed of -> {
          awaited.answer(of.request());
          checkAnswer(client, of, truth.room(of.asked().conversation()), findings);
        }
        case Seen.PressTold of -> checkTold(client, of, truth, findings);
        case Seen.PressRefused of ->
            findings.check(
                Invariant.REFUSED,
                isOwed(client.user(), awaited.answer(of.request()), of, truth),
                "%s: %s",
                client.client(),
                of);
        default -> {}
      }
    }
    awaited.end(client, findings);
  }

  private static void checkAnswer(ClientLog client, Seen.Pressed of, Room room, Findings findings) {
    Press press = of.press();
    findings.check(
        Invariant.LOST,
        room.stored().presses().contains(press),
        "%s: pressed and lost: %s",
        client.client(),
        of);
    boolean isOwn =
        press.user().equals(client.user()) && press.button().equals(of.asked().button());
    boolean isThatOne = press.pressId().equals(of.asked().pressId());
    findings.check(
        Invariant.DIVERGED,
        isOwn && (isThatOne || (of.duplicate() && press.button().equals(ONCE))),
        "%s: answered with another press: %s",
        client.client(),
        of);
  }

  private static void checkTold(
      ClientLog client, Seen.PressTold of, Truth truth, Findings findings) {
    Press press = of.press();
    Room room = truth.room(press.conversation());
    findings.check(
        Invariant.LEAKED,
        room.message(press.sequence()).map(Item::sender).filter(client.user()::equals).isPresent(),
        "%s: is not the card's sender, and was told of %s",
        client.client(),
        press);
    findings.check(
        Invariant.UNCOMMITTED,
        room.stored().presses().contains(press),
        "%s: was told of %s, which the store never held",
        client.client(),
        press);
  }

  private static boolean isOwed(
      String user, Optional<Seen.PressAsked> asked, Seen.PressRefused of, Truth truth) {
    if (asked.isEmpty()) {
      return false;
    }
    Rights rights = truth.room(of.press().conversation()).rights();
    boolean isBlocked =
        of.code().equals("FORBIDDEN") && rights.couldBeBlocked(asked.get().at(), of.at());
    return isBlocked || hasReason(user, of, truth);
  }

  private static boolean hasReason(String user, Seen.PressRefused of, Truth truth) {
    Press press = of.press();
    Room room = truth.room(press.conversation());
    Optional<Item> latest = room.timeline().latest(press.sequence());
    boolean wasEdited =
        room.timeline().states(press.sequence()).values().stream()
            .anyMatch(state -> state.fate().editedAtMs() != 0);
    return Awaited.isForNow(of.code())
        || switch (of.code()) {
          case "NOT_FOUND" -> latest.isEmpty() || !room.alwaysSees(user, press.sequence());
          case "FORBIDDEN" -> latest.map(Item::isDeleted).orElse(false);
          // Another text has no buttons.
          case "INVALID_ARGUMENT" -> wasEdited;
          default -> false;
        };
  }
}

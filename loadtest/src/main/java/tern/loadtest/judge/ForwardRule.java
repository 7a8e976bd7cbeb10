// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Forward;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;

/// What is forwarded says what the original once said, and names its sender only where asked to; it
/// is kept once, however often it was asked for; nothing is forwarded that nobody asked for, and
/// what is refused has a reason.
final class ForwardRule implements Rule {
  static final String REQUEST = "FORWARD_MESSAGE";

  private record Key(String user, Forward.Target target) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<Key, Forward> asked = asked(history);
    Map<Key, Forward.Outcome> done = new HashMap<>();
    for (ClientLog client : history.clients()) {
      if (!client.outsider()) {
        check(client, done, truth, findings);
      }
    }
    Set<Key> there = new HashSet<>();
    for (Room room : truth.rooms()) {
      String conversation = room.stored().conversation();
      for (Item item : room.messages()) {
        Key key = new Key(item.sender(), new Forward.Target(conversation, item.clientMessageId()));
        there.add(key);
        if (item.isForwarded()) {
          checkCopy(room, item, Optional.ofNullable(asked.get(key)), truth, findings);
        }
      }
    }
    done.forEach(
        (key, outcome) ->
            findings.check(
                Invariant.LOST,
                there.contains(key),
                "%s: forwarded and lost: %s",
                key.user(),
                outcome));
  }

  private static Map<Key, Forward> asked(History history) {
    Map<Key, Forward> asked = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.ForwardAsked(var _, var _, var _, Forward forward)) {
          forward.targets().forEach(to -> asked.put(new Key(client.user(), to), forward));
        }
      }
    }
    return asked;
  }

  private static void checkCopy(
      Room room, Item copy, Optional<Forward> asked, Truth truth, Findings findings) {
    findings.check(
        Invariant.LEAKED,
        asked.isPresent(),
        "store: %s: nobody asked for the forwarded %s",
        room.stored().conversation(),
        copy);
    asked.ifPresent(
        forward ->
            findings.check(
                Invariant.DIVERGED,
                truth
                    .room(forward.conversation())
                    .timeline()
                    .states(forward.sequence())
                    .values()
                    .stream()
                    .anyMatch(state -> copy.text().equals(copied(state, forward))),
                "store: %s: %s, which never was what %s says",
                room.stored().conversation(),
                copy,
                forward));
  }

  /// What a copy of this state says; what was forwarded before tells what it told.
  private static String copied(Item state, Forward forward) {
    if (!state.isForwarded()) {
      return Item.forwardedText(forward.showsSender() ? state.sender() : "", state.text());
    }
    String[] parts = state.text().split(":", 3);
    return Item.forwardedText(forward.showsSender() ? parts[1] : "", parts[2]);
  }

  private static void check(
      ClientLog client, Map<Key, Forward.Outcome> done, Truth truth, Findings findings) {
    Awaited<Seen.ForwardAsked> awaited = new Awaited<>();
    for (Seen seen : client.seen()) {
      awaited.note(seen);
      switch (seen) {
        case Seen.ForwardAsked of -> awaited.ask(of.request(), of);
        case Seen.Forwarded of -> {
          long from = awaited.answer(of.request()).map(Seen.ForwardAsked::at).orElse(of.at());
          for (Forward.Outcome outcome : of.outcomes()) {
            findings.check(
                Invariant.REFUSED,
                outcome.isAccepted()
                    || hasReason(client, outcome, from, of.at(), truth)
                    || hasReason(client.user(), of.forward(), outcome.refusal(), truth),
                "%s: %s",
                client.client(),
                outcome);
            checkOnce(client, outcome, done, findings);
          }
        }
        case Seen.ForwardRefused of ->
            findings.check(
                Invariant.REFUSED,
                awaited.answer(of.request()).isPresent()
                    && hasReason(client.user(), of.forward(), of.code(), truth),
                "%s: %s",
                client.client(),
                of);
        default -> {}
      }
    }
    awaited.end(client, findings);
  }

  /// Whether what was to be forwarded explains the refusal.
  private static boolean hasReason(String user, Forward forward, String code, Truth truth) {
    Room room = truth.room(forward.conversation());
    Optional<Item> latest = room.timeline().latest(forward.sequence());
    return Awaited.isForNow(code)
        || switch (code) {
          case "NOT_FOUND" -> latest.isEmpty() || !room.alwaysSees(user, forward.sequence());
          case "FORBIDDEN" -> latest.map(Item::isDeleted).orElse(false);
          case "INVALID_ARGUMENT" -> latest.map(Item::isSystem).orElse(false);
          default -> false;
        };
  }

  /// Whether the conversation it was to go to explains the refusal.
  private static boolean hasReason(
      ClientLog client, Forward.Outcome outcome, long from, long to, Truth truth) {
    Room room = truth.room(outcome.target().conversation());
    return switch (outcome.refusal()) {
      case "NOT_FOUND" -> room.rights().couldBe(client.user(), from, to, it -> !it.isMember());
      case "FORBIDDEN" ->
          room.rights().couldBeBarred(client.user(), from, to)
              || room.couldOnlyWatch(client, from, to);
      default -> false;
    };
  }

  private static void checkOnce(
      ClientLog client,
      Forward.Outcome outcome,
      Map<Key, Forward.Outcome> done,
      Findings findings) {
    if (outcome.isAccepted()) {
      Forward.Outcome before = done.putIfAbsent(new Key(client.user(), outcome.target()), outcome);
      findings.check(
          Invariant.DUPLICATED,
          before == null || before.equals(outcome),
          "%s: forwarded twice: %s, and before %s",
          client.client(),
          outcome,
          before);
    }
  }
}

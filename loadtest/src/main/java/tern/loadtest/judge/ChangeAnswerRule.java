// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Setting;
import tern.loadtest.history.Wish;

/// Every change that somebody asks for is answered while the session lasts, and none is refused
/// without a reason that the history knows.
final class ChangeAnswerRule implements Rule {
  private static final int MAX_KINDS = 20;
  private static final int MAX_PINS = 50;
  private static final int MAX_EDITS = 100;

  /// What was asked for and answered under one edit's id.
  private static final class Edit {
    private final Set<String> texts = new HashSet<>();
    private Optional<String> applied = Optional.empty();
    private long appliedAt = Long.MAX_VALUE;
  }

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<String, Edit> edits = edits(history);
    Map<String, Integer> pins = new HashMap<>();
    for (Room room : truth.rooms()) {
      pins.put(room.stored().conversation(), mostPins(room));
    }
    for (ClientLog client : history.clients()) {
      if (!client.outsider()) {
        check(client, edits, pins, truth, findings);
      }
    }
  }

  private static Map<String, Edit> edits(History history) {
    Map<String, Edit> edits = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.ChangeAsked of && of.wish().kind() == Wish.Kind.EDIT) {
          edits.computeIfAbsent(of.wish().id(), _ -> new Edit()).texts.add(of.wish().text());
        } else if (seen instanceof Seen.Changed of && of.wish().kind() == Wish.Kind.EDIT) {
          Edit edit = edits.computeIfAbsent(of.wish().id(), _ -> new Edit());
          edit.applied = Optional.of(of.wish().text());
          edit.appliedAt = Math.min(edit.appliedAt, of.at());
        }
      }
    }
    return edits;
  }

  private static void check(
      ClientLog client,
      Map<String, Edit> edits,
      Map<String, Integer> pins,
      Truth truth,
      Findings findings) {
    Awaited<Seen.ChangeAsked> awaited = new Awaited<>();
    for (Seen seen : client.seen()) {
      awaited.note(seen);
      switch (seen) {
        case Seen.ChangeAsked asked -> awaited.ask(asked.request(), asked);
        case Seen.Changed changed -> awaited.answer(changed.request());
        case Seen.ChangeRefused refused -> {
          Optional<Seen.ChangeAsked> asked = awaited.answer(refused.request());
          if (!Awaited.isForNow(refused.code())) {
            Edit edit = edits.getOrDefault(refused.wish().id(), new Edit());
            long askedAt = asked.map(Seen.ChangeAsked::at).orElse(Long.MAX_VALUE);
            Room room = truth.room(refused.wish().conversation());
            int mostPins = pins.getOrDefault(refused.wish().conversation(), 0);
            findings.check(
                Invariant.REFUSED,
                asked.isPresent()
                    && (hasReason(client, askedAt, refused, room, mostPins)
                        || isConflict(refused, edit))
                    && !isRepeat(refused, edit, askedAt, room),
                "%s: %s of %s",
                client.client(),
                refused,
                room.timeline().latest(refused.wish().sequence()));
          }
        }
        default -> {}
      }
    }
    awaited.end(client, findings);
  }

  private static boolean hasReason(
      ClientLog client, long from, Seen.ChangeRefused refused, Room room, int mostPins) {
    String user = client.user();
    Wish wish = refused.wish();
    Optional<Item> message = room.timeline().latest(wish.sequence());
    boolean isDeleted = message.map(Item::isDeleted).orElse(false);
    boolean isOwn = message.map(Item::sender).filter(user::equals).isPresent();
    // Nobody changes what the server itself wrote.
    boolean isSystem = message.map(Item::isSystem).orElse(false);
    return switch (refused.code()) {
      case "NOT_FOUND" -> message.isEmpty() || !room.alwaysSees(user, wish.sequence());
      case "FORBIDDEN" ->
          isSystem
              || switch (wish.kind()) {
                case EDIT -> !isOwn || isDeleted || mayLackRights(client, from, refused, room);
                case DELETE ->
                    !isOwn
                        && (mayLackRights(client, from, refused, room)
                            || couldBeAbove(message, user, from, refused, room));
                case REACT, PIN -> isDeleted || mayLackRights(client, from, refused, room);
              };
      case "LIMIT_REACHED" ->
          switch (wish.kind()) {
            case EDIT -> room.timeline().states(wish.sequence()).size() > MAX_EDITS;
            case REACT -> wish.on() && hadAllKinds(room, wish.sequence());
            case PIN -> wish.on() && mostPins >= MAX_PINS;
            case DELETE -> false;
          };
      default -> false;
    };
  }

  /// Whether the user might not do that at a moment between question and answer.
  private static boolean mayLackRights(
      ClientLog client, long from, Seen.ChangeRefused refused, Room room) {
    Rights rights = room.rights();
    long ms = rights.ms(from);
    boolean isBlocked =
        refused.wish().on()
            && refused.wish().kind() != Wish.Kind.DELETE
            && rights.couldBeBlocked(from, refused.at());
    return isBlocked
        || room.couldOnlyWatch(client, from, refused.at())
        || rights.couldBe(
            client.user(),
            from,
            refused.at(),
            it ->
                it.isMember()
                    && switch (refused.wish().kind()) {
                      case EDIT -> it.isBarredAt(ms);
                      case DELETE -> !it.mayDeleteOf(0);
                      case REACT -> refused.wish().on() && it.isSilencedAt(ms);
                      case PIN -> !it.reaches(Setting.PIN_ROLE);
                    });
  }

  /// Whether a member may have been asking to delete what a moderator or an owner had sent.
  private static boolean couldBeAbove(
      Optional<Item> message, String user, long from, Seen.ChangeRefused refused, Room room) {
    Rights rights = room.rights();
    long to = refused.at();
    return message.isPresent()
        && rights.couldBe(user, from, to, it -> it.isMember() && !it.moderates())
        && rights.couldBe(message.get().sender(), from, to, Moment::moderates);
  }

  /// The same id with another content: the one that was there first is right.
  private static boolean isConflict(Seen.ChangeRefused refused, Edit edit) {
    return refused.code().equals("CONFLICT")
        && refused.wish().kind() == Wish.Kind.EDIT
        && edit.texts.size() > 1
        && edit.applied.filter(refused.wish().text()::equals).isEmpty();
  }

  /// An edit that was applied before, and is harmless: only of a deleted message nothing is known
  /// any more, and who has left sees nothing.
  private static boolean isRepeat(Seen.ChangeRefused refused, Edit edit, long askedAt, Room room) {
    Wish wish = refused.wish();
    return wish.kind() == Wish.Kind.EDIT
        && edit.applied.filter(wish.text()::equals).isPresent()
        && edit.appliedAt < askedAt
        && !refused.code().equals("NOT_FOUND")
        && !room.timeline().latest(wish.sequence()).map(Item::isDeleted).orElse(false);
  }

  private static boolean hadAllKinds(Room room, long sequence) {
    return room.timeline().states(sequence).values().stream()
        .anyMatch(state -> state.fate().reactions().size() >= MAX_KINDS);
  }

  private static int mostPins(Room room) {
    Set<Long> pinned = new HashSet<>();
    int most = 0;
    for (Map.Entry<Long, Long> change : room.timeline().changed(0, Long.MAX_VALUE).entrySet()) {
      boolean stands =
          room.timeline()
              .at(change.getValue(), change.getKey())
              .filter(item -> item.fate().pinnedAtMs() != 0)
              .isPresent();
      boolean _ = stands ? pinned.add(change.getValue()) : pinned.remove(change.getValue());
      most = Math.max(most, pinned.size());
    }
    return most;
  }
}

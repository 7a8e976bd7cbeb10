// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Entry;
import tern.loadtest.history.History;
import tern.loadtest.history.Invite;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Setting;
import tern.loadtest.history.Settings;

/// Who wants to join a group gets in with a key or token that opens it, and with no other; whatever
/// is wrong with it, the answer is that of an unknown one.
final class EntryRule implements Rule {
  static final String REQUEST = "JOIN_CONVERSATION";

  private static final String NOT_FOUND = "NOT_FOUND";

  /// The groups that each key and each token names.
  private record Doors(Map<String, Room> byKey, Map<String, Room> byToken) {
    static Doors of(Truth truth) {
      Doors doors = new Doors(new HashMap<>(), new HashMap<>());
      for (Room room : truth.rooms()) {
        for (Settings state : room.rights().settings().values()) {
          doors.byKey.put(state.value(Setting.KEY), room);
        }
        for (Invite invite : room.rights().invites()) {
          doors.byToken.put(invite.tokenHash(), room);
        }
      }
      return doors;
    }

    Optional<Room> to(Entry entry) {
      return Optional.ofNullable(
          entry.isToken() ? byToken.get(entry.tokenHash()) : byKey.get(entry.key()));
    }
  }

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Doors doors = Doors.of(truth);
    for (ClientLog client : history.clients()) {
      check(client, doors, findings);
    }
  }

  private static void check(ClientLog client, Doors doors, Findings findings) {
    Awaited<Seen.JoinAsked> awaited = new Awaited<>();
    for (Seen seen : client.seen()) {
      awaited.note(seen);
      switch (seen) {
        case Seen.JoinAsked of -> awaited.ask(of.request(), of);
        case Seen.Joined of -> {
          long askedAt = awaited.answer(of.request()).map(Seen.JoinAsked::at).orElse(of.at());
          checkJoined(client, of, askedAt, doors.to(of.entry()), findings);
        }
        case Seen.JoinRefused of -> {
          Optional<Seen.JoinAsked> asked = awaited.answer(of.request());
          checkRefused(client, of, asked, doors.to(of.entry()), findings);
        }
        default -> {}
      }
    }
    awaited.end(client, findings);
  }

  private static void checkJoined(
      ClientLog client, Seen.Joined joined, long askedAt, Optional<Room> door, Findings findings) {
    Optional<Room> named =
        door.filter(room -> room.stored().conversation().equals(joined.conversation()));
    findings.check(
        Invariant.LEAKED,
        named.filter(room -> mayHaveEntered(client.user(), joined, askedAt, room)).isPresent(),
        "%s: it opened nothing, and yet %s",
        client.client(),
        joined);
    findings.check(
        Invariant.LOST,
        named.flatMap(room -> room.stayAt(client.user(), joined.revision())).isPresent(),
        "%s: joined, and yet no member: %s",
        client.client(),
        joined);
  }

  /// Who is a member already may come with what opened the group once; how anybody became one, the
  /// store is asked.
  private static boolean mayHaveEntered(String user, Seen.Joined joined, long askedAt, Room room) {
    return room.rights().couldBe(user, askedAt, joined.at(), Moment::isMember);
  }

  private static void checkRefused(
      ClientLog client,
      Seen.JoinRefused refused,
      Optional<Seen.JoinAsked> asked,
      Optional<Room> door,
      Findings findings) {
    if (Awaited.isForNow(refused.code())) {
      return;
    }
    boolean hasReason =
        asked.isPresent()
            && refused.code().equals(NOT_FOUND)
            && door.map(room -> couldBeShut(client.user(), asked.get().at(), refused, room))
                .orElse(true);
    findings.check(Invariant.REFUSED, hasReason, "%s: %s", client.client(), refused);
  }

  private static boolean couldBeShut(String user, long from, Seen.JoinRefused refused, Room room) {
    Rights rights = room.rights();
    Entry entry = refused.entry();
    long to = refused.at();
    // Who was removed at once is shown nothing.
    return rights.couldHaveEnded(to)
        || rights.couldBeBanned(user, from, to)
        || rights.couldHaveLeft(user, from, to)
        || (entry.isToken()
            ? couldBeBad(entry, to, rights)
            : rights.couldBe(user, from, to, it -> !Entries.isOpen(it.settings(), entry)));
  }

  /// Whether the invitation may have been one that nobody more can join with: it stays so.
  private static boolean couldBeBad(Entry entry, long to, Rights rights) {
    return rights.invites().stream()
        .filter(invite -> invite.tokenHash().equals(entry.tokenHash()))
        .anyMatch(
            invite -> invite.at() <= to + Rights.CLOCKS && !invite.isGoodAt(rights.latestMs(to)));
  }
}

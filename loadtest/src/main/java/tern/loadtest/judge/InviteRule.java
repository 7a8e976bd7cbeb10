// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Invite;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Setting;

/// Invitations as the store held them: made and ended by those who lead, used as often as they may
/// be, each use by one who joined; those that were answered are kept. And whoever becomes a member
/// sees of the past what the group shows.
final class InviteRule implements Rule {
  private static final long BEGINNING = 1;
  private static final int WHOLE_PAST = 2;

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<String, List<Asked>> asked = Asked.of(history);
    Entries entries = Entries.of(history);
    for (Room room : truth.rooms()) {
      List<Asked> ofRoom = asked.getOrDefault(room.stored().conversation(), List.of());
      checkInvites(room, ofRoom, entries, findings);
      if (!room.stored().direct()) {
        checkVisible(room, findings);
      }
    }
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.Invited of) {
          checkAnswer(client, of, truth.room(of.ruling().conversation()).rights(), findings);
        }
      }
    }
  }

  private static void checkInvites(
      Room room, List<Asked> asked, Entries entries, Findings findings) {
    Map<String, Invite> before = new HashMap<>();
    for (Invite state : room.rights().invites()) {
      Optional<Invite> earlier = Optional.ofNullable(before.put(state.id(), state));
      boolean isExplained =
          earlier
              .map(then -> isChanged(room, then, state, asked, entries))
              .orElseGet(() -> isMade(room.rights(), state, asked));
      findings.check(
          Invariant.LEAKED,
          isExplained,
          "store: %s: nobody who may has asked for it: %s became %s",
          room.stored().conversation(),
          earlier,
          state);
    }
  }

  private static boolean isMade(Rights rights, Invite state, List<Asked> asked) {
    return state.stands()
        && state.uses() == 0
        && rights.at(state.by(), state.revision()).moderates()
        && asked.stream()
            .anyMatch(
                who ->
                    who.user().equals(state.by())
                        && who.ruling().kind() == Ruling.Kind.INVITE
                        && who.ruling().number(Ruling.USES) == state.maxUses());
  }

  private static boolean isChanged(
      Room room, Invite then, Invite now, List<Asked> asked, Entries entries) {
    if (!then.stands()) {
      return false;
    }
    return now.stands() ? isUsed(room, then, now, entries) : isEnded(room, then, now, asked);
  }

  private static boolean isUsed(Room room, Invite then, Invite now, Entries entries) {
    Rights rights = room.rights();
    boolean isOne = now.uses() == then.uses() + 1 && then.isGoodAt(rights.ms(now.at()));
    for (String user : rights.users()) {
      MemberSeen joined = rights.memberships(user).get(now.revision() + 1);
      if (isOne && joined != null && !joined.removed() && entries.used(now, joined)) {
        return true;
      }
    }
    return false;
  }

  /// Whoever makes one sweeps away those that have ended.
  private static boolean isEnded(Room room, Invite then, Invite now, List<Asked> asked) {
    Rights rights = room.rights();
    return rights.hasEndedAt(now.revision())
        || !then.isGoodAt(rights.latestMs(now.at()))
        || asked.stream()
            .anyMatch(
                who ->
                    who.ruling().kind() == Ruling.Kind.REVOKE
                        && now.id().equals(who.ruling().values().get(Ruling.INVITATION))
                        && who.at() <= now.at() + Rights.CLOCKS
                        // Looked at before it is ended, and nothing is held in between.
                        && rights.couldBe(who.user(), who.at(), now.at(), Moment::moderates));
  }

  private static void checkAnswer(
      ClientLog client, Seen.Invited told, Rights rights, Findings findings) {
    boolean isRevoked = told.ruling().kind() == Ruling.Kind.REVOKE;
    findings.check(
        Invariant.LOST,
        isRevoked
            ? rights.invites().stream()
                .noneMatch(state -> state.id().equals(told.id()) && isThere(state, told, rights))
            : rights.invites().stream()
                .anyMatch(
                    state ->
                        state.id().equals(told.id())
                            && state.tokenHash().equals(told.tokenHash())
                            && state.by().equals(client.user())),
        "%s: made or ended, and yet it is not so: %s",
        client.client(),
        told);
  }

  /// Whether it was noted to stand after it was said to have ended, or nobody noted its end.
  private static boolean isThere(Invite state, Seen.Invited told, Rights rights) {
    boolean hasEnd =
        rights.invites().stream()
            .anyMatch(other -> other.id().equals(state.id()) && !other.stands());
    return state.stands() && (!hasEnd || state.at() > told.at() + Rights.CLOCKS);
  }

  private static void checkVisible(Room room, Findings findings) {
    Rights rights = room.rights();
    for (String user : rights.users()) {
      boolean wasMember = false;
      for (MemberSeen state : rights.memberships(user).values()) {
        if (!wasMember && !state.removed() && state.revision() > BEGINNING) {
          long owed = visibleFrom(room, state);
          findings.check(
              state.visibleFrom() < owed ? Invariant.LEAKED : Invariant.DIVERGED,
              state.visibleFrom() == owed,
              "store: %s: joined and sees another past: %s (expected: from %s on)",
              room.stored().conversation(),
              state,
              owed);
        }
        wasMember = !state.removed();
      }
    }
  }

  private static long visibleFrom(Room room, MemberSeen joined) {
    Moment moment = room.rights().before(joined.user(), joined.revision());
    return moment.settings().number(Setting.HISTORY) == WHOLE_PAST
        ? 1
        : room.headAt(joined.revision()) + 1;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import tern.loadtest.history.Invite;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Rules;
import tern.loadtest.history.Settings;
import tern.loadtest.history.Stored;

/// Who might do what in one conversation, and when: at a revision, for what the store holds, since
/// each change takes its revision after those that allow or forbid it; between two times, for what
/// somebody was answered, since only the store knows in which order requests that met were taken.
final class Rights {
  // The store's clock tells milliseconds, and was read a moment before or after the history's.
  static final long CLOCKS = 50_000_000L;
  // A ban's end takes no revision that anybody could tell of.
  static final long COMMITTED_BY = 5_000_000_000L;
  // Two who take their blocks back at the same time are told so in any order.
  private static final long ANSWERED_BY = 1_000_000_000L;
  private static final Settings NO_SETTINGS = new Settings(0, Map.of());

  private final Stored stored;
  private final Told told;
  private final long beganAtMs;
  private final NavigableMap<Long, Settings> settings = new TreeMap<>();
  private final Map<String, NavigableMap<Long, MemberSeen>> members = new HashMap<>();

  Rights(Stored stored, Told told, long beganAtMs) {
    this.stored = stored;
    this.told = told;
    this.beganAtMs = beganAtMs;
    for (Settings state : stored.rules().settings()) {
      settings.put(state.revision(), state);
    }
    for (MemberSeen state : stored.memberships()) {
      members.computeIfAbsent(state.user(), _ -> new TreeMap<>()).put(state.revision(), state);
    }
  }

  /// All states of the settings, by revision.
  NavigableMap<Long, Settings> settings() {
    return settings;
  }

  /// All states of a user's membership, by revision.
  NavigableMap<Long, MemberSeen> memberships(String user) {
    return members.getOrDefault(user, Collections.emptyNavigableMap());
  }

  /// Everybody who ever was a member.
  Iterable<String> users() {
    return members.keySet();
  }

  /// Who the user was when `revision` was the newest.
  Moment at(String user, long revision) {
    Map.Entry<Long, MemberSeen> member = memberships(user).floorEntry(revision);
    Map.Entry<Long, Settings> state = settings.floorEntry(revision);
    boolean isMember = member != null && !member.getValue().removed();
    return new Moment(
        isMember ? member.getValue().role() : 0,
        member == null ? 0 : member.getValue().mutedUntilMs(),
        state == null ? NO_SETTINGS : state.getValue(),
        stored.direct(),
        isBlocked(revision));
  }

  // What was noted when a revision was the newest holds for the next.
  private boolean isBlocked(long revision) {
    boolean isBlocked = false;
    for (Rules.Block block : stored.rules().blocks()) {
      isBlocked = block.revision() <= revision ? block.stands() : isBlocked;
    }
    return isBlocked;
  }

  /// Who the user was just before `revision` was taken.
  Moment before(String user, long revision) {
    return at(user, revision - 1);
  }

  /// When a revision was noted, in nanoseconds since the run began; long ago if nobody knows.
  long notedAt(long revision) {
    return stored.rules().notedAt().getOrDefault(revision, Long.MIN_VALUE / 2);
  }

  /// The same in milliseconds since 1970, the latest that it may be.
  long notedAtMs(long revision) {
    return latestMs(notedAt(revision));
  }

  /// A time of the history in milliseconds since 1970, the earliest that it may be.
  long ms(long at) {
    return beganAtMs + (at - CLOCKS) / 1_000_000;
  }

  /// The same, the latest that it may be.
  long latestMs(long at) {
    return beganAtMs + (at + CLOCKS) / 1_000_000;
  }

  /// Whether what was asked for at a time may have brought about what took this revision.
  boolean mayHaveLedTo(long askedAt, long revision) {
    return askedAt <= notedAt(revision) + CLOCKS;
  }

  /// Whether it may have been so for the user at a moment between two times.
  boolean couldBe(String user, long from, long to, Predicate<Moment> so) {
    NavigableSet<Long> changes = new TreeSet<>(settings.keySet());
    changes.addAll(memberships(user).keySet());
    changes.add(0L);
    for (Long revision : changes) {
      Long next = changes.higher(revision);
      boolean hadBegun = revision == 0 || notedAt(revision) <= to + CLOCKS;
      boolean hadEnded = next != null && told.by(stored.conversation(), next) < from;
      if (hadBegun && !hadEnded && so.test(at(user, revision))) {
        return true;
      }
    }
    return false;
  }

  /// Whether a ban held against a user when this revision was taken.
  boolean isBanned(String user, long revision) {
    boolean isBanned = false;
    for (Rules.Ban ban : bans(user)) {
      if (ban.revision() < revision) {
        isBanned = ban.untilMs() > notedAtMs(revision);
      }
    }
    return isBanned;
  }

  /// Whether a ban may have held against a user at a moment between two times.
  boolean couldBeBanned(String user, long from, long to) {
    List<Rules.Ban> bans = bans(user);
    for (int i = 0; i < bans.size(); i++) {
      Rules.Ban ban = bans.get(i);
      boolean hadEnded = i + 1 < bans.size() && bans.get(i + 1).at() + COMMITTED_BY < from;
      if (ban.at() <= to + CLOCKS && !hadEnded && ban.untilMs() > ms(from)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the user may have been kept from posting at a moment between two times.
  boolean couldBeBarred(String user, long from, long to) {
    return couldBe(user, from, to, it -> it.isMember() && it.isBarredAt(ms(from)))
        || couldBeBlocked(from, to);
  }

  /// Whether one of the two of a direct conversation may have blocked the other at a moment between
  /// two times.
  boolean couldBeBlocked(long from, long to) {
    List<Rules.Block> blocks = stored.rules().blocks();
    for (int i = 0; i < blocks.size(); i++) {
      Rules.Block block = blocks.get(i);
      boolean hadEnded = i + 1 < blocks.size() && freedBy(blocks.get(i + 1)) < from;
      if (block.stands() && block.at() <= to + CLOCKS && !hadEnded) {
        return true;
      }
    }
    return false;
  }

  // Who took the block back was told so, or it was long ago.
  private long freedBy(Rules.Block freed) {
    long by = told.freedBy(members.keySet(), freed.at() - CLOCKS);
    return Math.min(by == Long.MAX_VALUE ? by : by + ANSWERED_BY, freed.at() + COMMITTED_BY);
  }

  /// Whether the conversation was deleted at a revision.
  boolean hasEndedAt(long revision) {
    return stored.endedAt() > 0 && stored.endedAt() == revision;
  }

  /// Whether the conversation was deleted before a time, or may have been.
  boolean couldHaveEnded(long to) {
    return stored.endedAt() > 0 && notedAt(stored.endedAt()) <= to + CLOCKS;
  }

  /// Whether the user may have ceased to be a member between two times.
  boolean couldHaveLeft(String user, long from, long to) {
    return memberships(user).values().stream()
        .filter(MemberSeen::removed)
        .map(state -> notedAt(state.revision()))
        .anyMatch(at -> from - CLOCKS <= at && at <= to + CLOCKS);
  }

  /// What was noted of invitations, in order.
  List<Invite> invites() {
    return stored.rules().invites();
  }

  /// What was noted of a user's bans, in order.
  List<Rules.Ban> bans(String user) {
    return stored.rules().bans().stream().filter(ban -> ban.user().equals(user)).toList();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Life;
import tern.loadtest.history.Seen;

/// Away from faults, a session that stands gets what is accepted live, within three seconds. What
/// it was catching up with in that time, or had just joined, does not count.
final class LiveRule implements Rule {
  private static final long SECOND = 1_000_000_000L;
  // A server that has just begun is cold, and everybody comes back at once.
  private static final long SETTLED = 2 * SECOND;
  private static final long IN_TIME = 3 * SECOND;
  private static final int JUST_JOINED_REVISIONS = 20;
  private static final double LEAST_SHARE = 0.99;

  /// A message or a change of one, by the revision that it took.
  private record Accepted(long at, long revision) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<String, List<Accepted>> accepted = accepted(history, truth);
    Share share = new Share(truth, history.lives());
    for (ClientLog client : history.clients()) {
      for (LiveSession session : LiveSession.of(client)) {
        accepted.forEach(
            (conversation, messages) -> share.count(client, session, conversation, messages));
      }
    }
    Verdict.Live live = new Verdict.Live(share.live, share.owed);
    findings.live(live);
    findings.check(
        Invariant.LATE,
        live.share() >= LEAST_SHARE,
        "%s of %s arrived live (expected: at least 99 %%), the last that did not: %s",
        share.live,
        share.owed,
        share.missed);
  }

  /// Counts what was owed live, and what came so.
  private static final class Share {
    private final Truth truth;
    private final List<Life> lives;
    private long owed;
    private long live;
    private String missed = "";

    Share(Truth truth, List<Life> lives) {
      this.truth = truth;
      this.lives = lives;
    }

    void count(
        ClientLog client, LiveSession session, String conversation, List<Accepted> messages) {
      Room room = truth.room(conversation);
      if (room.stays(client.user()).isEmpty()) {
        return;
      }
      for (Accepted message : messages) {
        if (!isOwed(client, session, room, message, lives)) {
          continue;
        }
        owed++;
        if (session.sawLive(conversation, message.revision(), message.at() + IN_TIME)) {
          live++;
        } else {
          missed = client.client() + " in " + conversation + " " + message;
        }
      }
    }
  }

  private static Map<String, List<Accepted>> accepted(History history, Truth truth) {
    Map<String, NavigableMap<Long, Long>> times = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.Accepted of && !of.duplicate()) {
          truth
              .room(of.conversation())
              .message(of.sequence())
              .ifPresent(item -> note(times, of.conversation(), item.revision(), of.at()));
        } else if (seen instanceof Seen.Changed of && of.revision() > 0) {
          note(times, of.wish().conversation(), of.revision(), of.at());
        }
      }
    }
    Map<String, List<Accepted>> accepted = new HashMap<>();
    times.forEach((conversation, byRevision) -> accepted.put(conversation, inOrder(byRevision)));
    return accepted;
  }

  /// A change whose answer was lost is asked for again, and answered long after it was made: it was
  /// there when anything that came after it was.
  private static List<Accepted> inOrder(NavigableMap<Long, Long> byRevision) {
    List<Accepted> accepted = new ArrayList<>();
    long earliest = Long.MAX_VALUE;
    for (Map.Entry<Long, Long> entry : byRevision.descendingMap().entrySet()) {
      earliest = Math.min(earliest, entry.getValue());
      accepted.add(new Accepted(earliest, entry.getKey()));
    }
    return accepted;
  }

  private static void note(
      Map<String, NavigableMap<Long, Long>> times, String conversation, long revision, long at) {
    times.computeIfAbsent(conversation, _ -> new TreeMap<>()).merge(revision, at, Math::min);
  }

  private static boolean isOwed(
      ClientLog client, LiveSession session, Room room, Accepted message, List<Life> lives) {
    long at = message.at();
    if (at < session.openedAt() + SETTLED || at + IN_TIME > session.closedAt()) {
      return false;
    }
    long revision = message.revision();
    Optional<Stay> stay = room.stayAt(client.user(), revision);
    return stay.isPresent()
        && stay.get().joined() + JUST_JOINED_REVISIONS <= revision
        && isCalm(at, lives)
        && !session.caughtUp(room.stored().conversation(), at);
  }

  private static boolean isCalm(long at, List<Life> lives) {
    for (Life life : lives) {
      if (life.readyAt() + SETTLED <= at && at + IN_TIME <= life.endedAt()) {
        return true;
      }
    }
    return false;
  }

  /// One session of a client, with what it saw live and when it was catching up.
  private static final class LiveSession {
    private final long openedAt;
    private long closedAt = Long.MAX_VALUE;
    // When each message or change came, by conversation and revision.
    private final Map<String, Map<Long, Long>> live = new HashMap<>();
    private final Map<String, List<Behind>> catchUps = new HashMap<>();

    private record Behind(long from, long to) {}

    LiveSession(long openedAt) {
      this.openedAt = openedAt;
    }

    static List<LiveSession> of(ClientLog client) {
      List<LiveSession> sessions = new ArrayList<>();
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.Opened) {
          sessions.add(new LiveSession(seen.at()));
        } else if (!sessions.isEmpty()) {
          sessions.getLast().add(seen);
        }
      }
      return sessions;
    }

    private void add(Seen seen) {
      switch (seen) {
        case Seen.Closed closed -> closedAt = Math.min(closedAt, closed.at());
        case Seen.Quiet quiet -> closedAt = Math.min(closedAt, quiet.at());
        case Seen.CatchUpAsked asked -> catchUpBegins(asked.conversation(), asked.at());
        case Seen.CatchUpPage page -> catchUpEnds(page.step().conversation(), page.at());
        case Seen.Live step -> {
          Map<Long, Long> times =
              live.computeIfAbsent(step.step().conversation(), _ -> new HashMap<>());
          for (Item item : step.step().messages()) {
            times.putIfAbsent(item.revision(), step.at());
          }
          // A reaction, a change of what this user may not see, or one that has been overtaken.
          times.putIfAbsent(step.step().through(), step.at());
        }
        default -> {}
      }
    }

    private void catchUpBegins(String conversation, long at) {
      catchUps
          .computeIfAbsent(conversation, _ -> new ArrayList<>())
          .add(new Behind(at, Long.MAX_VALUE));
    }

    private void catchUpEnds(String conversation, long at) {
      List<Behind> behind = catchUps.getOrDefault(conversation, new ArrayList<>());
      if (!behind.isEmpty()) {
        behind.add(new Behind(behind.removeLast().from(), at));
      }
    }

    long openedAt() {
      return openedAt;
    }

    long closedAt() {
      return closedAt;
    }

    boolean sawLive(String conversation, long revision, long until) {
      Long at = live.getOrDefault(conversation, Map.of()).get(revision);
      return at != null && at <= until;
    }

    boolean caughtUp(String conversation, long at) {
      for (Behind behind : catchUps.getOrDefault(conversation, List.of())) {
        if (behind.from() - IN_TIME <= at && at - IN_TIME <= behind.to()) {
          return true;
        }
      }
      return false;
    }
  }
}

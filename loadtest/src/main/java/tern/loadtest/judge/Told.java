// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Forward;
import tern.loadtest.history.History;
import tern.loadtest.history.InboxLine;
import tern.loadtest.history.Seen;

/// When somebody was first told of a conversation's revisions: by then they were committed.
final class Told {
  private final Map<String, NavigableMap<Long, Long>> times = new HashMap<>();
  // The same of how far users cleared their history, by conversation and user.
  private final Map<String, NavigableMap<Long, Long>> edges = new HashMap<>();

  // When users were told that they do not block another one, by the two.
  private final Map<String, NavigableSet<Long>> freed = new HashMap<>();

  private Told() {}

  static Told of(History history) {
    Told told = new Told();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        told.add(seen);
        told.addEdges(client.user(), seen);
        if (seen instanceof Seen.Related of && !of.relation().blocked()) {
          told.freed
              .computeIfAbsent(
                  pair(of.relation().user(), of.relation().other()), _ -> new TreeSet<>())
              .add(of.at());
        }
      }
    }
    told.times.values().forEach(Told::inherit);
    told.edges.values().forEach(Told::inherit);
    return told;
  }

  /// When a revision at least as high was first told of; [Long#MAX_VALUE] for never.
  long by(String conversation, long revision) {
    return by(revision, times.get(conversation));
  }

  /// When a user was first told that their history begins at a sequence, or a later one;
  /// [Long#MAX_VALUE] for never.
  long edgeBy(String conversation, String user, long sequence) {
    return by(sequence, edges.get(conversation + " " + user));
  }

  /// When one of these was told, at a time or later, that they do not block another of them;
  /// [Long#MAX_VALUE] for never.
  long freedBy(Iterable<String> users, long at) {
    long earliest = Long.MAX_VALUE;
    for (String user : users) {
      for (String other : users) {
        Optional<Long> told =
            Optional.ofNullable(freed.get(pair(user, other)))
                .flatMap(times -> Optional.ofNullable(times.ceiling(at)));
        earliest = Math.min(earliest, told.orElse(Long.MAX_VALUE));
      }
    }
    return earliest;
  }

  private static String pair(String user, String other) {
    return user + " " + other;
  }

  private static long by(long number, @Nullable NavigableMap<Long, Long> times) {
    return Optional.ofNullable(times)
        .map(known -> known.ceilingEntry(number))
        .map(Map.Entry::getValue)
        .orElse(Long.MAX_VALUE);
  }

  private void addEdges(String user, Seen seen) {
    List<InboxLine> lines =
        switch (seen) {
          case Seen.Inbox of -> of.lines();
          case Seen.Arranged of -> of.lines();
          default -> List.of();
        };
    for (InboxLine line : lines) {
      edges
          .computeIfAbsent(line.conversation() + " " + user, _ -> new TreeMap<>())
          .merge(line.shelf().visibleFrom(), seen.at(), Math::min);
    }
  }

  private void add(Seen seen) {
    switch (seen) {
      case Seen.Live of -> add(of.step().conversation(), of.step().through(), of.at());
      case Seen.CatchUpPage of -> add(of.step().conversation(), of.step().through(), of.at());
      case Seen.Watched of -> add(of.step().conversation(), of.step().through(), of.at());
      case Seen.WatchedPage of -> add(of.step().conversation(), of.step().through(), of.at());
      case Seen.HistoryRead of -> add(of.conversation(), of.revision(), of.at());
      case Seen.Accepted of -> add(of.conversation(), of.revision(), of.at());
      case Seen.Changed of -> add(of.wish().conversation(), of.revision(), of.at());
      case Seen.Ruled of -> add(of.ruling().conversation(), of.revision(), of.at());
      case Seen.Forwarded of -> {
        for (Forward.Outcome outcome : of.outcomes()) {
          if (outcome.isAccepted()) {
            add(outcome.target().conversation(), outcome.revision(), of.at());
          }
        }
      }
      case Seen.Members of -> add(of.conversation(), of.revision(), of.at());
      case Seen.Joined of -> add(of.conversation(), of.revision(), of.at());
      case Seen.Inbox of -> {
        for (InboxLine line : of.lines()) {
          add(line.conversation(), line.revision(), of.at());
        }
      }
      default -> {}
    }
  }

  private void add(String conversation, long revision, long at) {
    times.computeIfAbsent(conversation, _ -> new TreeMap<>()).merge(revision, at, Math::min);
  }

  // Who tells of a revision tells of all before it.
  private static void inherit(NavigableMap<Long, Long> ofRoom) {
    long earliest = Long.MAX_VALUE;
    for (Map.Entry<Long, Long> entry : ofRoom.descendingMap().entrySet()) {
      earliest = Math.min(earliest, entry.getValue());
      entry.setValue(earliest);
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.presence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tern.id.UserId;
import tern.session.Session;

/// The users on one session's screen: what the session was told of each, and which have moved
/// since. Any thread; its lock guards all of its state, and nothing blocks under it.
final class Watch {
  // Told of a user: away for reasons unknown, or online; other values are the milliseconds since
  // when they are away.
  private static final long AWAY = 0;
  private static final long ONLINE = -1;

  private final Session session;
  private final Map<UserId, Long> told = new HashMap<>();
  private final Set<UserId> moved = new HashSet<>();
  private boolean isAnswered;

  Watch(Session session, List<UserId> users) {
    this.session = session;
    users.forEach(user -> told.put(user, AWAY));
  }

  Session session() {
    return session;
  }

  synchronized Set<UserId> users() {
    return Set.copyOf(told.keySet());
  }

  /// The user may look different now.
  synchronized void moved(UserId user) {
    if (told.containsKey(user)) {
      moved.add(user);
    }
  }

  /// Nothing is told before the answer has gone out: it would be overtaken by an older state.
  synchronized void answered(List<PresenceView> views) {
    news(views);
    isAnswered = true;
  }

  /// Takes those who have moved; none while the answer is still on its way.
  synchronized Set<UserId> takeMoved() {
    if (!isAnswered) {
      return Set.of();
    }
    Set<UserId> taken = Set.copyOf(moved);
    moved.clear();
    return taken;
  }

  synchronized boolean hasMoved() {
    return !moved.isEmpty();
  }

  /// Those that differ from what was told, which they become. Who may not be seen looks alike
  /// before and after: nothing is told of their coming and going.
  synchronized List<PresenceView> news(List<PresenceView> views) {
    return views.stream()
        .filter(
            view -> {
              long now = code(view);
              Long before = told.replace(view.user(), now);
              return before != null && before != now;
            })
        .toList();
  }

  private static long code(PresenceView view) {
    return view.online()
        ? ONLINE
        : view.awaySince().map(it -> Math.max(1, it.toEpochMilli())).orElse(AWAY);
  }
}

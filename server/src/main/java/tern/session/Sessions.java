// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tern.id.UserId;

/// The live sessions of this node, by user. Any thread may ask; the answer is a snapshot.
///
/// A connecting session registers here first and reads from the store then; a sender commits first
/// and looks here then: one of the two always sees the other.
public final class Sessions {
  /// Sessions that one device may have at once.
  public static final int MAX_PER_DEVICE = 8;

  /// Devices of one user that may have sessions at once.
  public static final int MAX_DEVICES = 20;

  private final ConcurrentMap<UserId, List<Session>> byUser = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /// What became of a registration.
  public sealed interface Registration {
    /// The session is live.
    ///
    /// @param replaced the earlier session of the same instance, which the caller closes
    record Registered(Optional<Session> replaced) implements Registration {}

    /// The device has [#MAX_PER_DEVICE] sessions already, or so many others of the user's have some
    /// that it is one beyond [#MAX_DEVICES].
    record TooMany() implements Registration {}
  }

  /// Makes the session known; the same instance of the same device replaces its earlier session.
  public Registration register(Session session) {
    Registration[] outcome = new Registration[1];
    byUser.compute(
        session.user(),
        (_, present) -> {
          List<Session> sessions = present == null ? List.of() : present;
          Optional<Session> replaced =
              sessions.stream().filter(session::isSameInstance).findFirst();
          if (replaced.isEmpty() && !hasRoom(sessions, session)) {
            outcome[0] = new Registration.TooMany();
            return present;
          }
          List<Session> changed = new ArrayList<>(sessions);
          replaced.ifPresent(changed::remove);
          changed.add(session);
          count.addAndGet(changed.size() - sessions.size());
          outcome[0] = new Registration.Registered(replaced);
          return List.copyOf(changed);
        });
    return outcome[0];
  }

  private static boolean hasRoom(List<Session> sessions, Session next) {
    long ofDevice = sessions.stream().filter(next::isSameDevice).count();
    return ofDevice > 0
        ? ofDevice < MAX_PER_DEVICE
        : sessions.stream().map(Session::device).distinct().count() < MAX_DEVICES;
  }

  /// Forgets the session, if it is still the one that is known.
  public void remove(Session session) {
    byUser.computeIfPresent(
        session.user(),
        (_, present) -> {
          List<Session> changed = new ArrayList<>(present);
          if (changed.remove(session)) {
            count.decrementAndGet();
          }
          return changed.isEmpty() ? null : List.copyOf(changed);
        });
  }

  /// The sessions of a user on this node.
  public List<Session> of(UserId user) {
    return byUser.getOrDefault(user, List.of());
  }

  /// Hands each session of this node to `visitor`; those that come or go meanwhile may be missed.
  public void forEach(Consumer<Session> visitor) {
    byUser.values().forEach(sessions -> sessions.forEach(visitor));
  }

  /// Whether the user has any session on this node.
  public boolean has(UserId user) {
    return byUser.containsKey(user);
  }

  /// How many sessions live on this node.
  public int count() {
    return count.get();
  }
}

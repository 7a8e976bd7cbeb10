// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.presence;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tern.device.DeviceStanding;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.session.Session;
import tern.session.Sessions;

/// What each device's sessions do, for whoever decides about pushes. Any thread; never blocks.
///
/// A node that has just started knows nothing of who was there: devices that have no session are
/// unknown to it for a while, in which clients come back.
public final class Whereabouts {
  // By when whoever was told to come back has either done so or never will.
  private static final Duration REMEMBERED = Duration.ofSeconds(30);
  // Of further ones nobody knows that they left just now: they are taken for absent.
  private static final int MAX_DEPARTURES = 500_000;

  private final Sessions sessions;
  private final InstantSource clock;
  private final Instant knowsFrom;
  private final ConcurrentMap<Place, DeviceStanding.Left> departures = new ConcurrentHashMap<>();
  private volatile Instant forgotten;

  private record Place(UserId user, DeviceId device) {}

  /// Begins to know.
  ///
  /// @param strange for how long devices without a session are unknown
  public Whereabouts(Sessions sessions, Duration strange, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
    this.forgotten = clock.instant();
    this.knowsFrom = forgotten.plus(strange);
  }

  /// To be called before a session is forgotten. Whoever had it in the foreground may be back at
  /// once.
  ///
  /// @param comeBackAfter when the client was told to come back; zero where it was not told
  public void leaving(Session session, Duration comeBackAfter) {
    Instant now = clock.instant();
    forget(now);
    if (session.isForeground() && departures.size() < MAX_DEPARTURES) {
      departures.put(
          new Place(session.user(), session.device()),
          new DeviceStanding.Left(now, now.plus(comeBackAfter)));
    }
  }

  private void forget(Instant now) {
    if (forgotten.plus(REMEMBERED).isBefore(now)) {
      forgotten = now;
      departures.values().removeIf(left -> left.backBy().plus(REMEMBERED).isBefore(now));
    }
  }

  /// What the device does now.
  public DeviceStanding of(UserId user, DeviceId device) {
    boolean isConnected = false;
    boolean looksElsewhere = false;
    for (Session session : sessions.of(user)) {
      boolean isThis = session.device().equals(device);
      if (isThis && session.isForeground()) {
        return new DeviceStanding.Foreground();
      }
      isConnected |= isThis;
      looksElsewhere |= session.isForeground();
    }
    DeviceStanding.Left left = departures.get(new Place(user, device));
    // Only who has no session can be somewhere else.
    if (!isConnected && left == null && clock.instant().isBefore(knowsFrom)) {
      return new DeviceStanding.Unknown();
    }
    if (looksElsewhere) {
      return new DeviceStanding.Beside();
    }
    return left == null ? new DeviceStanding.Absent() : left;
  }
}

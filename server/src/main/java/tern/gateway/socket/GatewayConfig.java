// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import java.time.Duration;

/// What one socket may do, and for how long.
///
/// @param helloTimeout from the connection to a complete upgrade, and from there to `Hello`
/// @param pingInterval silence after which the server pings; after twice that it closes
/// @param maxFrameBytes bytes of one client frame, all its fragments together
/// @param outboxBytes bytes that may wait for one socket; more closes it as slow
/// @param framesPerSecond frames that one connection may send in the long run
/// @param framesBurst frames that it may send at once
/// @param maxConnections sockets on this node; more are told to come back later
/// @param maxWatched users on the screens of all sessions together; beyond it presence is answered,
///     but changes of it are not told
/// @param drainSpread a stopping node spreads its clients' return over this time
/// @param closeTimeout how long a closing socket waits for its peer's close frame
public record GatewayConfig(
    Duration helloTimeout,
    Duration pingInterval,
    int maxFrameBytes,
    int outboxBytes,
    int framesPerSecond,
    int framesBurst,
    int maxConnections,
    int maxWatched,
    Duration drainSpread,
    Duration closeTimeout) {
  private static final Duration INSTANT = Duration.ofMillis(10);
  private static final Duration HOUR = Duration.ofHours(1);

  /// What is right for nearly all: 10 s, 25 s, 64 KiB, 1 MiB, 100/s, 200, 100,000, a million, 10 s,
  /// 3 s.
  public static final GatewayConfig DEFAULT =
      new GatewayConfig(
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          64 * 1024,
          1024 * 1024,
          100,
          200,
          100_000,
          1_000_000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(3));

  /// Refuses what no socket could live with.
  public GatewayConfig {
    Bounds.check("gateway.hello_timeout", helloTimeout, INSTANT, HOUR);
    Bounds.check("gateway.ping_interval", pingInterval, INSTANT, HOUR);
    Bounds.check("gateway.max_frame_bytes", maxFrameBytes, 1024, 16 * 1024 * 1024);
    Bounds.check("gateway.outbox_bytes", outboxBytes, 16 * 1024, 1024 * 1024 * 1024);
    Bounds.check("gateway.frames_per_second", framesPerSecond, 1, 1_000_000);
    Bounds.check("gateway.frames_burst", framesBurst, 1, 1_000_000);
    Bounds.check("gateway.max_connections", maxConnections, 1, 10_000_000);
    Bounds.check("gateway.max_watched", maxWatched, 0, 100_000_000);
    Bounds.check("gateway.drain_spread", drainSpread, Duration.ZERO, HOUR);
    Bounds.check("gateway.close_timeout", closeTimeout, INSTANT, Duration.ofMinutes(1));
  }
}

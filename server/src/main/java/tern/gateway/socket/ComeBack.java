// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import java.time.Duration;
import java.util.random.RandomGenerator;
import tern.session.CloseCode;

/// When a client that was sent away may return, spread so that not all return at once. Any thread
/// may use it.
final class ComeBack {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration AFTER_FLOOD = Duration.ofSeconds(10);
  private static final Duration AFTER_OVERLOAD = Duration.ofSeconds(20);

  private final RandomGenerator random;
  private final Duration drainSpread;

  ComeBack(RandomGenerator random, Duration drainSpread) {
    this.random = random;
    this.drainSpread = drainSpread;
  }

  /// After a socket that was closed with this code.
  Duration after(CloseCode code) {
    return switch (code) {
      case OVERLOADED -> afterOverload();
      case TOO_MANY_FRAMES -> afterFlood();
      case GOING_AWAY -> afterDrain();
      default -> soon();
    };
  }

  /// After a fault of the connection alone: at once, but for a little spread.
  Duration soon() {
    return between(Duration.ZERO, SOON);
  }

  /// After the client has sent far too much.
  Duration afterFlood() {
    return between(AFTER_FLOOD.dividedBy(2), AFTER_FLOOD);
  }

  /// After the node was full.
  Duration afterOverload() {
    return between(AFTER_OVERLOAD.dividedBy(4), AFTER_OVERLOAD);
  }

  /// After the node went away.
  Duration afterDrain() {
    return between(Duration.ZERO, drainSpread);
  }

  private Duration between(Duration from, Duration to) {
    return from.plusMillis(random.nextLong(to.minus(from).toMillis() + 1));
  }
}

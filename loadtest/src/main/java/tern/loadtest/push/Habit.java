// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.util.Random;

/// How somebody uses their phone: for how long they do what.
enum Habit {
  /// Writes to the others all the time, and has no registration.
  CALLS,
  /// Looks at it now and then.
  FICKLE,
  /// Leaves it on the table nearly always.
  SLEEPS,
  /// Has gone on a journey without it.
  TRAVELS;

  /// What a phone does for a while.
  enum Phase {
    /// It has no connection.
    AWAY,
    /// It is connected, and nobody looks.
    POCKETED,
    /// Somebody looks, and it acknowledges.
    ATTENTIVE,
    /// It says that somebody looks, and acknowledges nothing.
    STARING
  }

  Phase next(Random random) {
    return switch (this) {
      case CALLS -> Phase.ATTENTIVE;
      case TRAVELS -> Phase.AWAY;
      case FICKLE -> Phase.values()[random.nextInt(Phase.values().length)];
      case SLEEPS ->
          switch (random.nextInt(8)) {
            case 0 -> Phase.ATTENTIVE;
            case 1 -> Phase.POCKETED;
            default -> Phase.AWAY;
          };
    };
  }

  /// How long that lasts, in milliseconds.
  int lasts(Phase phase, Random random) {
    int many = this == SLEEPS && phase == Phase.AWAY ? 8 : 1;
    return many * (1_500 + random.nextInt(3_500));
  }
}

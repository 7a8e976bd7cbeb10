// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

/// Whether two requests take as long as each other. The medians of requests made in turn come
/// closer than what one more trip to the store would cost, or a lock; what else runs on the machine
/// passes, a difference of ours is there each time.
public final class Timing {
  private static final int ROUNDS = 200;
  private static final int TRIES = 5;
  private static final double MOST = 1.25;

  private Timing() {}

  /// Fails where one of the two takes longer in each of several tries.
  public static void assertAlike(Runnable one, Runnable other) {
    double ratio = ratio(one, other);
    for (int i = 1; i < TRIES && !isWithinNoise(ratio); i++) {
      ratio = ratio(one, other);
    }
    assertThat(ratio).isBetween(1 / MOST, MOST);
  }

  private static boolean isWithinNoise(double ratio) {
    return ratio >= 1 / MOST && ratio <= MOST;
  }

  // How long the one takes, in the median, in shares of the other.
  private static double ratio(Runnable one, Runnable other) {
    List<Runnable> both = List.of(one, other);
    long[][] nanos = new long[both.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < both.size(); i++) {
        // Each goes first in every second round.
        int which = (i + round) % both.size();
        long begun = System.nanoTime();
        both.get(which).run();
        nanos[which][round] = System.nanoTime() - begun;
      }
    }
    return median(nanos[0]) / median(nanos[1]);
  }

  private static double median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}

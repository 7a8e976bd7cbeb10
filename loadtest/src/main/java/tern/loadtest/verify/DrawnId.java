// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.Random;
import java.util.UUID;

/// Ids that are drawn from the seed, like everything else that actors decide.
final class DrawnId {
  private DrawnId() {}

  static String from(Random random) {
    return new UUID(
            (random.nextLong() & ~0xf000L) | 0x4000L,
            (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | Long.MIN_VALUE)
        .toString();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tern.id.UserId;

/// How much of something each user holds, so that nobody holds more than a share of it, however
/// many devices they have. Remembers only who holds something. Any thread may use it.
public final class Shares {
  private final int most;
  private final ConcurrentMap<UserId, Integer> held = new ConcurrentHashMap<>();

  /// Lets each user hold this much at once, from 1.
  public Shares(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("share: " + most + " (expected: >= 1)");
    }
    this.most = most;
  }

  /// Takes one more and returns true, or takes none and returns false. What was taken is to be
  /// given back.
  public boolean tryTake(UserId user) {
    if (held.merge(user, 1, Integer::sum) <= most) {
      return true;
    }
    giveBack(user);
    return false;
  }

  /// Gives back one that was taken.
  public void giveBack(UserId user) {
    held.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
  }

  /// How many users hold something.
  public int holders() {
    return held.size();
  }
}

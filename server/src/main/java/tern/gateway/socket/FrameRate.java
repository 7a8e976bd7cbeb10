// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import tern.session.TokenBucket;

/// How much one connection may send. Refuses what is too much, and tells when a client does not
/// care about being refused. Owned by the connection's event loop.
final class FrameRate {
  private static final int REFUSED_BURSTS = 3;

  private final TokenBucket bucket;
  private final int tolerated;
  private int refused;
  private boolean refusedThisSecond;

  FrameRate(SocketRules rules) {
    this.bucket =
        new TokenBucket(
            rules.config.framesPerSecond(), rules.config.framesBurst(), rules.nanoClock);
    this.tolerated = rules.config.framesBurst() * REFUSED_BURSTS;
  }

  /// Returns 0 if a frame may pass, else the nanoseconds to wait.
  long tryPass() {
    long wait = bucket.tryTake();
    if (wait > 0) {
      refused++;
      refusedThisSecond = true;
    }
    return wait;
  }

  /// Whether the client goes on however often it is refused.
  boolean isFlood() {
    return refused > tolerated;
  }

  /// A second without a refusal forgives the earlier ones.
  void ticked() {
    if (!refusedThisSecond) {
      refused = 0;
    }
    refusedThisSecond = false;
  }
}

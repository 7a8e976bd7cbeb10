// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;
import java.util.function.Function;

/// What all outboxes of a gateway have in common: one instance, whatever the number of sockets.
public final class OutboxRules {
  private final int maxBytes;
  private final WriteBufferWaterMark waterMark;
  private final Duration closing;
  private final Function<CloseCode, Duration> comeBack;
  private final Goodbye goodbye;

  /// Takes the bound of one outbox, how long a closing socket may wait for its peer, when a client
  /// that is closed with a code may come back, and the encoding of the last frame.
  public OutboxRules(
      int maxBytes, Duration closing, Function<CloseCode, Duration> comeBack, Goodbye goodbye) {
    if (maxBytes < 1024) {
      throw new IllegalArgumentException("outbox bytes: " + maxBytes + " (expected: >= 1024)");
    }
    if (closing.isNegative() || closing.isZero()) {
      throw new IllegalArgumentException("closing: " + closing + " (expected: > 0)");
    }
    this.maxBytes = maxBytes;
    // "Has room" is Netty's writability: lost above half the bound, found again below a quarter.
    this.waterMark = new WriteBufferWaterMark(maxBytes / 4, maxBytes / 2);
    this.closing = closing;
    this.comeBack = comeBack;
    this.goodbye = goodbye;
  }

  WriteBufferWaterMark waterMark() {
    return waterMark;
  }

  int maxBytes() {
    return maxBytes;
  }

  Duration closing() {
    return closing;
  }

  Duration comeBack(CloseCode code) {
    return comeBack.apply(code);
  }

  Goodbye goodbye() {
    return goodbye;
  }
}

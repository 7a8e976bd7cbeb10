// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tern.session.CloseCode;
import tern.session.Subprotocol;
import tern.v1.ClientFrame;

/// The look at all sockets, once a second.
final class GatewayLoopTest {
  private static final GatewayMetrics UNCOUNTED =
      new GatewayMetrics() {
        @Override
        public void opened() {}

        @Override
        public void closed() {}

        @Override
        public void closedByServer(CloseCode code) {}

        @Override
        public void upgradeRefused(int status) {}

        @Override
        public void frameReceived(int bytes) {}

        @Override
        public void frameRefused() {}
      };

  private static final FrameListener NOBODY =
      new FrameListener() {
        @Override
        public void frameReceived(ClientFrame frame) {}

        @Override
        public void ticked(long nowNanos) {}

        @Override
        public void closed() {}
      };

  // The first of all is the node's own; then it fails so often.
  private static RandomGenerator failing(int times) {
    AtomicInteger draws = new AtomicInteger();
    return () -> {
      int draw = draws.getAndIncrement();
      if (draw > 0 && draw <= times) {
        throw new IllegalStateException("on purpose");
      }
      return 0;
    };
  }

  @Test
  void aSocketThatCannotEvenBeClosedEndsNoLookAtTheOthers() {
    AtomicLong now = new AtomicLong();
    EmbeddedChannel channel = new EmbeddedChannel();
    SocketRules rules =
        new SocketRules(GatewayConfig.DEFAULT, _ -> NOBODY, now::get, UNCOUNTED, failing(2));
    GatewayLoop loop = new GatewayLoop(rules, channel.eventLoop());
    ConnectionReader reader = new ConnectionReader(loop, channel, Subprotocol.PROTO, "127.0.0.1");
    reader.open();
    now.addAndGet(GatewayConfig.DEFAULT.helloTimeout().toNanos());

    channel.advanceTimeBy(1, TimeUnit.SECONDS);
    channel.runPendingTasks();
    assertThat(channel.outboundMessages()).isEmpty();
    channel.advanceTimeBy(1, TimeUnit.SECONDS);
    channel.runPendingTasks();

    assertThat(channel.outboundMessages()).isNotEmpty();
    loop.stop();
    channel.finishAndReleaseAll();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import tern.session.CloseCode;
import tern.session.OutboxRules;
import tern.session.Subprotocol;
import tern.v1.Goodbye;
import tern.v1.ServerFrame;

/// What all sockets of a gateway share, on whatever event loop: settings, time, and who listens.
public final class SocketRules {
  final GatewayConfig config;
  final Function<Connection, FrameListener> listeners;
  final LongSupplier nanoClock;
  final GatewayMetrics metrics;
  final ComeBack comeBack;
  final OutboxRules outbox;

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong lastConnection = new AtomicLong();
  private final String idPrefix;

  /// The rules of a node that begins; `random` spreads what must not happen at once.
  public SocketRules(
      GatewayConfig config,
      Function<Connection, FrameListener> listeners,
      LongSupplier nanoClock,
      GatewayMetrics metrics,
      RandomGenerator random) {
    this.config = config;
    this.listeners = listeners;
    this.nanoClock = nanoClock;
    this.metrics = metrics;
    this.comeBack = new ComeBack(random, config.drainSpread());
    this.outbox =
        new OutboxRules(
            config.outboxBytes(),
            config.closeTimeout(),
            comeBack::after,
            SocketRules::encodedGoodbye);
    this.idPrefix = HexFormat.of().toHexDigits(random.nextLong());
  }

  /// The settings.
  public GatewayConfig config() {
    return config;
  }

  /// Where the gateway's events are counted.
  public GatewayMetrics metrics() {
    return metrics;
  }

  /// Counts a new socket; returns false when there are now too many.
  boolean admit() {
    return open.incrementAndGet() <= config.maxConnections();
  }

  /// Counts a socket that was admitted, or refused, and is gone.
  void leave() {
    open.decrementAndGet();
  }

  long nextConnection() {
    return lastConnection.incrementAndGet();
  }

  /// Unique among all nodes and restarts; no secret.
  String idOf(long connection) {
    return idPrefix + "-" + Long.toString(connection, Character.MAX_RADIX);
  }

  private static ByteBuf encodedGoodbye(
      Subprotocol subprotocol, CloseCode code, Duration comeBackAfter) {
    Goodbye.Builder goodbye =
        Goodbye.newBuilder()
            .setCloseCode(code.number())
            .setName(code.name())
            .setMayComeBack(code.mayComeBack());
    if (code.mayComeBack()) {
      goodbye.setComeBackAfterMs((int) comeBackAfter.toMillis());
    }
    return FrameCodec.encode(subprotocol, ServerFrame.newBuilder().setGoodbye(goodbye).build());
  }
}

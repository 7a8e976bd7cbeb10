// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tern.gateway.socket.GatewayMetrics;
import tern.session.CloseCode;

/// The gateway's events as meters.
public final class MeteredGateway implements GatewayMetrics {
  private final MeterRegistry registry;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<CloseCode, Counter> closes = new EnumMap<>(CloseCode.class);
  private final Counter frames;
  private final Counter bytes;
  private final Counter refused;

  /// Registers the meters.
  public MeteredGateway(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("tern.connections", open, AtomicInteger::get)
        .description("Open WebSockets")
        .register(registry);
    for (CloseCode code : CloseCode.values()) {
      closes.put(
          code,
          Counter.builder("tern.connections.closed")
              .description("WebSockets that the server closed")
              .tag("code", code.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    frames = Counter.builder("tern.frames.received").register(registry);
    bytes = Counter.builder("tern.frames.received.size").baseUnit("bytes").register(registry);
    refused =
        Counter.builder("tern.frames.refused")
            .description("Frames beyond their connection's rate")
            .register(registry);
  }

  @Override
  public void opened() {
    open.incrementAndGet();
  }

  @Override
  public void closed() {
    open.decrementAndGet();
  }

  @Override
  public void closedByServer(CloseCode code) {
    Counter counter = closes.get(code);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void upgradeRefused(int status) {
    registry.counter("tern.upgrades.refused", "status", Integer.toString(status)).increment();
  }

  @Override
  public void frameReceived(int size) {
    frames.increment();
    bytes.increment(size);
  }

  @Override
  public void frameRefused() {
    refused.increment();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.util.function.Supplier;
import tern.message.intake.MessageIntake;
import tern.session.Sessions;

/// The registry of all meters, and those that belong to no feature.
public final class Meters implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  /// Begins to measure the process.
  public Meters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    gc.bindTo(registry);
    // The JVM's own gauge of direct memory does not see what Netty allocates.
    if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
      Gauge.builder("tern.buffers.direct", allocator, it -> it.metric().usedDirectMemory())
          .baseUnit("bytes")
          .description("Direct memory held by Netty's allocator")
          .register(registry);
    }
  }

  /// Where features register theirs.
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /// Measures what lives on this node.
  public void watch(Sessions sessions, MessageIntake intake, Supplier<Number> requestsWaiting) {
    Gauge.builder("tern.sessions", sessions, Sessions::count)
        .description("Sessions that live on this node")
        .register(registry);
    Gauge.builder("tern.requests.waiting", requestsWaiting)
        .description("Requests that wait for their turn; growing means that the store is too slow")
        .register(registry);
    Gauge.builder("tern.intake.waiting", intake, MessageIntake::waiting)
        .description("Sends that wait to be stored; growing means that the store is too slow")
        .register(registry);
    Gauge.builder("tern.intake.writers", intake, MessageIntake::laneCount)
        .description("Transactions of messages that may be in flight at once")
        .register(registry);
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}

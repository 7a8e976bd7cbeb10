// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.session.FlushTick;

/// The sockets of one HTTP server, which all live on one event loop; owned by it. Looks at each of
/// them once a second, instead of a timer per socket.
public final class GatewayLoop {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayLoop.class);

  private static final long DRAIN_LOOK_MILLIS = 20;

  private final SocketRules rules;
  private final EventLoop eventLoop;
  private final FlushTick flushTick;
  private final ScheduledFuture<?> sweep;
  private final List<ConnectionReader> readers = new ArrayList<>();
  private boolean draining;

  /// The loop's own view of the rules.
  public GatewayLoop(SocketRules rules, EventLoop eventLoop) {
    this.rules = rules;
    this.eventLoop = eventLoop;
    this.flushTick = new FlushTick(eventLoop);
    this.sweep = eventLoop.scheduleAtFixedRate(this::sweep, 1, 1, TimeUnit.SECONDS);
  }

  /// What holds for every socket of the node.
  public SocketRules rules() {
    return rules;
  }

  FlushTick flushTick() {
    return flushTick;
  }

  /// Whether it takes no new sockets.
  public boolean isDraining() {
    return draining;
  }

  void add(ConnectionReader reader) {
    assert eventLoop.inEventLoop();
    reader.place = readers.size();
    readers.add(reader);
  }

  void remove(ConnectionReader reader) {
    assert eventLoop.inEventLoop();
    // The last one takes its place: the order means nothing.
    ConnectionReader last = readers.removeLast();
    if (last != reader) {
      readers.set(reader.place, last);
      last.place = reader.place;
    }
    reader.place = -1;
  }

  /// Sends all sockets away, each as soon as what it has asked for is answered, and at the latest
  /// when the budget leaves just the time to say goodbye. May be called from any thread.
  public void drain(Duration budget) {
    long forAnswers = budget.minus(rules.config.closeTimeout()).toNanos();
    eventLoop.execute(
        () -> {
          draining = true;
          drainUntil(rules.nanoClock.getAsLong() + forAnswers);
        });
  }

  /// Ends the looking; to be called when the server is closed.
  public void stop() {
    sweep.cancel(false);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for a look
  private void drainUntil(long deadline) {
    boolean outOfTime = rules.nanoClock.getAsLong() - deadline >= 0;
    boolean allClosed = true;
    for (int i = readers.size() - 1; i >= 0; i--) {
      allClosed &= readers.get(i).drain(outOfTime);
    }
    if (!allClosed) {
      eventLoop.schedule(() -> drainUntil(deadline), DRAIN_LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void sweep() {
    long now = rules.nanoClock.getAsLong();
    for (int i = readers.size() - 1; i >= 0; i--) {
      ConnectionReader reader = readers.get(i);
      try {
        reader.tick(now);
      } catch (RuntimeException e) {
        fail(reader, e);
      }
    }
  }

  // Thrown on from here, it would end the looking at all of them.
  private static void fail(ConnectionReader reader, RuntimeException cause) {
    try {
      reader.fail(cause);
    } catch (RuntimeException e) {
      LOG.error("a connection can't be closed: tried again in a second", e);
    }
  }
}

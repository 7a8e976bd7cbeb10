// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/// Collects the outboxes of one event loop that were written to, and flushes each once at the end
/// of the tick: the system call is what a delivery costs. Owned by that event loop.
public final class FlushTick {
  private final EventLoop eventLoop;
  private List<Outbox> written = new ArrayList<>();
  private List<Outbox> flushing = new ArrayList<>();

  /// Takes the event loop that owns it.
  public FlushTick(EventLoop eventLoop) {
    this.eventLoop = eventLoop;
  }

  void add(Outbox outbox) {
    assert eventLoop.inEventLoop();
    if (written.isEmpty()) {
      eventLoop.execute(this::flush);
    }
    written.add(outbox);
  }

  private void flush() {
    // A flush may make room, and room may bring new frames: those go with the next tick.
    List<Outbox> batch = written;
    written = flushing;
    flushing = batch;
    for (Outbox outbox : batch) {
      outbox.flush();
    }
    batch.clear();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts what is open of some messages: once nothing is, they are settled.
public final class Settlement {
  // One for whoever opens the others.
  private final AtomicInteger open = new AtomicInteger(1);
  private final Runnable settled;

  /// @param settled told once, on any thread
  public Settlement(Runnable settled) {
    this.settled = settled;
  }

  /// Something more is open. Not to be called once all is resolved.
  public void open() {
    open.incrementAndGet();
  }

  /// Something that was open is decided, and stands in the store.
  public void resolve() {
    if (open.decrementAndGet() == 0) {
      settled.run();
    }
  }
}

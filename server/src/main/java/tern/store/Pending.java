// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// The answer of work that another thread does in a group; awaited by the virtual thread that
/// asked.
public final class Pending<T> {
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable T answer;
  private volatile @Nullable RuntimeException failure;

  /// The work is done. Only the first outcome counts.
  public void complete(T result) {
    answer = result;
    done.countDown();
  }

  /// The work failed.
  public void fail(RuntimeException cause) {
    failure = cause;
    done.countDown();
  }

  /// Waits for the outcome; throws the failure if there was one.
  public T await() {
    try {
      done.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw StoreException.busy("interrupted");
    }
    T result = answer;
    if (result == null) {
      RuntimeException cause = failure;
      throw cause == null ? StoreException.busy("no answer") : cause;
    }
    return result;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Netty's leak detector, which also remembers what it has found. The build names it to Netty by a
/// system property, so that it watches all tests.
public final class CountingLeakDetector<T> extends ResourceLeakDetector<T> {
  /// Netty makes one detector per type: what they found must stand in one place.
  private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

  /// Called by Netty.
  public CountingLeakDetector(Class<?> resourceType, int samplingInterval) {
    super(resourceType, samplingInterval);
  }

  /// Called by Netty, which asks for its old constructor as well.
  public CountingLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
    super(resourceType, samplingInterval);
  }

  static Queue<String> found() {
    return FOUND;
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    FOUND.add(resourceType + records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    FOUND.add(resourceType);
  }
}

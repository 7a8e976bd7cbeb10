// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node is made of and must end, in the reverse of the order in which it was made. Owned by
/// the thread that starts or ends the node.
final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /// Ends the part before all that were kept earlier.
  <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  /// Ends all of them, whatever becomes of one; may be called twice.
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).log("a part did not end in order");
      }
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tern.v1.SendMessage;

/// The latest messages of one user, of which any device of theirs may send one again. Guarded by
/// its own lock: the devices live on different event loops.
final class SentMessages {
  // Enough to reach back over a restart of the server.
  private static final int KEPT = 64;

  private final List<SendMessage> messages = new ArrayList<>();
  private int next;

  synchronized void add(SendMessage message) {
    if (messages.size() < KEPT) {
      messages.add(message);
    } else {
      messages.set(next, message);
      next = (next + 1) % KEPT;
    }
  }

  synchronized Optional<SendMessage> any(Random random) {
    return messages.isEmpty()
        ? Optional.empty()
        : Optional.of(messages.get(random.nextInt(messages.size())));
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tern.v1.ClientFrame;

/// The latest changes that one user asked for, of which any device of theirs may ask for one again.
/// Guarded by its own lock: the devices live on different event loops.
final class AskedChanges {
  // Enough to reach back over a restart of the server.
  private static final int KEPT = 48;

  private final List<ClientFrame> frames = new ArrayList<>();
  private int next;

  synchronized void add(ClientFrame frame) {
    if (frames.size() < KEPT) {
      frames.add(frame);
    } else {
      frames.set(next, frame);
      next = (next + 1) % KEPT;
    }
  }

  synchronized Optional<ClientFrame> any(Random random) {
    return frames.isEmpty()
        ? Optional.empty()
        : Optional.of(frames.get(random.nextInt(frames.size())));
  }

  synchronized Optional<ClientFrame> anyEdit(Random random) {
    List<ClientFrame> edits = frames.stream().filter(ClientFrame::hasEditMessage).toList();
    return edits.isEmpty()
        ? Optional.empty()
        : Optional.of(edits.get(random.nextInt(edits.size())));
  }
}

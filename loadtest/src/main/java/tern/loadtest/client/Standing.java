// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import tern.v1.Position;

/// Where a device stands in a conversation: it knows every change up to `revision`.
public record Standing(String epoch, long revision, long sequence) {
  static Standing of(Position position) {
    return new Standing(position.getEpoch(), position.getRevision(), position.getSequence());
  }

  Position toPosition() {
    return Position.newBuilder()
        .setEpoch(epoch)
        .setRevision(revision)
        .setSequence(sequence)
        .build();
  }
}

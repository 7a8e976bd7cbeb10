// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

/// Who waits for a [ChangeResult].
@FunctionalInterface
public interface ChangeReply {
  /// Called once, on any thread; never blocks.
  void answered(ChangeResult result);
}

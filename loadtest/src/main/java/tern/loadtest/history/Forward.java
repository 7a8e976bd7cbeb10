// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// A message that somebody wanted to forward, with or without its sender's name.
public record Forward(
    String conversation, long sequence, boolean showsSender, List<Target> targets) {
  /// Where to, under which client message id.
  public record Target(String conversation, String clientMessageId) {}

  /// What became of it in one of them: the new message's place, or why there is none.
  public record Outcome(Target target, long sequence, long revision, String refusal) {
    /// Whether there is a new message.
    public boolean isAccepted() {
      return refusal.isEmpty();
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// How a conversation's messages came to be what they are, as the store itself noted: each state
/// that a message ever had, without reactions; each reaction set or taken back; and what the store
/// keeps of edits.
public record Past(List<Item> states, List<Reacted> reactions, List<Edited> edits) {
  /// Of a conversation without messages.
  public static final Past NONE = new Past(List.of(), List.of(), List.of());

  /// A reaction that was set or taken back.
  public record Reacted(long revision, long sequence, String user, String reaction, boolean on) {}

  /// An edit, by the revision that it took.
  public record Edited(long revision, long sequence, String editId) {}
}

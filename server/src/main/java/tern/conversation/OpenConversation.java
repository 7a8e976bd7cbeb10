// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.util.List;

/// A conversation with its members, as one moment showed them.
///
/// @param created whether this call created it
/// @param revision its newest revision
/// @param sequence its highest sequence
public record OpenConversation(
    Conversation conversation,
    List<Member> members,
    boolean created,
    long revision,
    long sequence) {
  /// Keeps its own copy.
  public OpenConversation {
    members = List.copyOf(members);
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.util.Set;
import tern.id.UserId;

/// What pushes want to know of a message's body.
///
/// @param mentions whom it calls
/// @param mentionsEveryone whether it calls all members
/// @param text what may be shown of it; empty where there is nothing to show
/// @param isEncrypted whether nobody here can read it
public record PushContent(
    boolean isSilent,
    boolean isUrgent,
    Set<UserId> mentions,
    boolean mentionsEveryone,
    String text,
    boolean isEncrypted) {
  /// Keeps its own copy.
  public PushContent {
    mentions = Set.copyOf(mentions);
  }

  /// Whether it calls the user.
  public boolean mentions(UserId user) {
    return mentionsEveryone || mentions.contains(user);
  }

  @Override
  public String toString() {
    return "PushContent[[REDACTED]]";
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.util.Optional;
import java.util.Set;
import tern.id.UserId;
import tern.push.text.Gist;

/// What pushes want to know of a message's body.
///
/// @param mentions whom it calls
/// @param mentionsEveryone whether it calls all members
/// @param gist what it says
/// @param image the address of a picture in it
public record PushContent(
    boolean isSilent,
    boolean isUrgent,
    Set<UserId> mentions,
    boolean mentionsEveryone,
    Gist gist,
    Optional<String> image) {
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

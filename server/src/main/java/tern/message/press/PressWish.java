// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.press;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tern.id.UserId;

/// A press that somebody wants to make, of a card as they read it.
///
/// @param id tells a repeat from another press
/// @param editedAt when the card was last edited, as it was read
/// @param target the button as it was read; empty when the card has none of that id
public record PressWish(
    Press.Card card,
    UserId user,
    UUID id,
    String button,
    Optional<Instant> editedAt,
    Optional<Target> target) {
  /// What the press needs to know of the button.
  ///
  /// @param value the app's own; may be empty
  /// @param isOnce whether it takes one press of each user
  public record Target(String value, boolean isOnce) {}
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import tern.conversation.Role;

/// What of a group's rules is to be changed; what is empty stays as it is. See [GroupRules].
public record RulesChange(
    Optional<Role> toPost,
    Optional<Role> toAdd,
    Optional<Role> toChange,
    Optional<Role> toPin,
    Optional<Role> toRemove,
    Optional<Role> toDelete,
    Optional<Boolean> frozen,
    Optional<Duration> slowMode) {
  /// Whether all stays as it is.
  public boolean isEmpty() {
    return Stream.of(toPost, toAdd, toChange, toPin, toRemove, toDelete, frozen, slowMode)
        .allMatch(Optional::isEmpty);
  }
}

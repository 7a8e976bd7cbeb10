// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.util.Map;
import java.util.Optional;
import tern.conversation.rules.RulesChange;

/// What of a group is to be changed; what is empty stays as it is.
///
/// @param name 1 to 128 characters
/// @param imageUrl an address, or an empty text for none
/// @param metadata takes the place of all there is
/// @param rules who may do what from now on
public record SettingsChange(
    Optional<String> name,
    Optional<String> imageUrl,
    Optional<Map<String, String>> metadata,
    RulesChange rules) {
  /// Keeps its own copy.
  public SettingsChange {
    metadata = metadata.map(Map::copyOf);
  }

  /// Whether all stays as it is.
  public boolean isEmpty() {
    return name.isEmpty() && imageUrl.isEmpty() && metadata.isEmpty() && rules.isEmpty();
  }

  /// What became of it.
  public sealed interface Result {
    /// One revision, committed.
    ///
    /// @param groupNo the intake row that still has to be settled
    /// @param sequence the conversation's highest sequence then
    /// @param renamed whether it has another name now
    /// @param imageChanged whether it has another image now, or none any more
    record Changed(
        long groupNo,
        long revision,
        long membershipRevision,
        long sequence,
        boolean renamed,
        boolean imageChanged,
        Conversation conversation)
        implements Result {}

    /// Everything was already as asked for.
    record Unchanged(Conversation conversation) implements Result {}

    /// Nothing was changed.
    record Refused(MemberChange.Refusal refusal) implements Result {}
  }
}

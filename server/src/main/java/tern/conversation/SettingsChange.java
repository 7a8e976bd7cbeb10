// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.util.Map;
import java.util.Optional;
import tern.conversation.rules.RulesChange;

/// What of a group is to be changed, or given to a new one; what is empty stays as it is.
///
/// @param name 1 to 128 characters
/// @param imageUrl an address, or an empty text for none
/// @param metadata takes the place of all there is
/// @param rules who may do what from now on
/// @param joinable whether the group may be joined by its key
/// @param watchersPost whether those who watch an OPEN conversation may post
public record SettingsChange(
    Optional<String> name,
    Optional<String> imageUrl,
    Optional<Map<String, String>> metadata,
    RulesChange rules,
    Optional<Boolean> joinable,
    Optional<Boolean> watchersPost) {
  /// Keeps its own copy.
  public SettingsChange {
    metadata = metadata.map(Map::copyOf);
  }

  /// Whether nothing is to be changed but `joinable` and `watchersPost`, which have rights of their
  /// own.
  public boolean isOfRightsAlone() {
    return (joinable.isPresent() || watchersPost.isPresent())
        && name.isEmpty()
        && imageUrl.isEmpty()
        && metadata.isEmpty()
        && rules.isEmpty();
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

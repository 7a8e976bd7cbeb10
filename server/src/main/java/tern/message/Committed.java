// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import java.util.List;
import java.util.OptionalLong;
import tern.conversation.Conversation;
import tern.conversation.Member;
import tern.id.ConversationId;

/// What one transaction has committed and the members have still to be told.
///
/// @param groupNo its intake row; empty when it is not known, and the safety net settles it
/// @param changes in the order of their revisions
public record Committed(OptionalLong groupNo, List<Change> changes) {
  /// One revision of one conversation.
  public sealed interface Change {
    /// Of which conversation.
    ConversationId conversation();

    /// The revision that it took.
    long revision();

    /// The membership revision at which it happened.
    long membershipRevision();
  }

  /// A new message.
  public record MessageStored(
      ConversationId conversation, long revision, long membershipRevision, StoredMessage message)
      implements Change {}

  /// A message in which the server tells of the change before it. It moves nobody's marker: whoever
  /// brought the change about need not have read anything.
  public record SystemStored(MessageStored stored) implements Change {
    @Override
    public ConversationId conversation() {
      return stored.conversation();
    }

    @Override
    public long revision() {
      return stored.revision();
    }

    @Override
    public long membershipRevision() {
      return stored.membershipRevision();
    }
  }

  /// Members were added, removed or changed.
  ///
  /// @param sequence the conversation's highest sequence then
  public record MembersChanged(
      ConversationId conversation, long revision, long sequence, List<Member> members)
      implements Change {
    @Override
    public long membershipRevision() {
      return revision;
    }
  }

  /// A message was edited, deleted or pinned.
  ///
  /// @param sequence the conversation's highest sequence then
  /// @param message as it stands now
  public record MessageChanged(
      ConversationId conversation,
      long revision,
      long membershipRevision,
      long sequence,
      StoredMessage message)
      implements Change {}

  /// Somebody set a reaction, or took it back.
  ///
  /// @param sequence the conversation's highest sequence then
  /// @param message the message's sequence
  /// @param count how many reacted so
  public record Reacted(
      ConversationId conversation,
      long revision,
      long membershipRevision,
      long sequence,
      long message,
      MessageChange.React reaction,
      int count)
      implements Change {}

  /// The conversation's own settings changed.
  ///
  /// @param sequence the conversation's highest sequence then
  public record SettingsChanged(
      long revision, long membershipRevision, long sequence, Conversation settings)
      implements Change {
    @Override
    public ConversationId conversation() {
      return settings.id();
    }
  }
}

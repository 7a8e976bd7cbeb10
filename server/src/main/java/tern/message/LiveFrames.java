// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import java.util.List;
import tern.conversation.Member;
import tern.id.ConversationId;
import tern.session.OutgoingFrame;

/// Makes frames of live changes; the gateway's business, for the words on the wire are its own.
public interface LiveFrames {
  /// An envelope with a new message.
  OutgoingFrame message(Committed.MessageStored change);

  /// An envelope with memberships that changed.
  ///
  /// @param sequence the conversation's highest sequence then
  OutgoingFrame members(
      ConversationId conversation, long revision, long sequence, List<Member> members);

  /// An envelope with a conversation's new settings.
  OutgoingFrame settings(Committed.SettingsChanged change);

  /// An envelope with a message that was edited, deleted or pinned.
  OutgoingFrame changed(Committed.MessageChanged change);

  /// An envelope with a reaction that was set or taken back.
  OutgoingFrame reacted(Committed.Reacted change);

  /// An envelope with nothing in it, for those who may not see what changed.
  ///
  /// @param sequence the conversation's highest sequence then
  OutgoingFrame step(
      ConversationId conversation, long revision, long membershipRevision, long sequence);
}

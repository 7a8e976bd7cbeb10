// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import java.util.Optional;
import tern.conversation.MemberList;
import tern.id.ConversationId;
import tern.session.OutgoingFrame;

/// A committed change of a conversation, on its way to the members' sessions. Its frames hold
/// nothing that depends on their reader, so each is encoded once for all.
///
/// @param revision the revision it took
/// @param members who is a member, at least as new as that revision
/// @param frame the envelope's bytes; whoever delivers the announcement releases them
/// @param concealed set when it changes a message that later members may not see
public record Announcement(
    ConversationId conversation,
    long revision,
    MemberList members,
    OutgoingFrame frame,
    Optional<Concealed> concealed) {
  /// What those get who may not see what changed.
  ///
  /// @param sequence the message's
  /// @param step the bytes of an envelope with nothing in it; released likewise
  public record Concealed(long sequence, OutgoingFrame step) {}

  /// Whether a member with this joining may see what changed.
  boolean isVisibleTo(MemberList.Joining joining) {
    return concealed.isEmpty() || joining.visibleFrom() <= concealed.get().sequence();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import tern.v1.ClientFrame;
import tern.v1.CreateInvitation;
import tern.v1.DeleteConversation;
import tern.v1.JoinConversation;
import tern.v1.RevokeInvitation;

/// The requests by which groups are joined without being added, and ended, each without an id.
public final class EntryFrames {
  private EntryFrames() {}

  /// Makes an invitation.
  ///
  /// @param lifetimeSeconds how long it is good, at least 60
  /// @param maxUses how many may join with it; 0: any number
  public static ClientFrame invite(String conversation, int lifetimeSeconds, int maxUses) {
    return ClientFrame.newBuilder()
        .setCreateInvitation(
            CreateInvitation.newBuilder()
                .setConversationId(conversation)
                .setLifetimeSeconds(lifetimeSeconds)
                .setMaxUses(maxUses))
        .build();
  }

  /// Ends an invitation.
  public static ClientFrame revoke(String conversation, String invitation) {
    return ClientFrame.newBuilder()
        .setRevokeInvitation(
            RevokeInvitation.newBuilder()
                .setConversationId(conversation)
                .setInvitationId(invitation))
        .build();
  }

  /// Joins a group by an invitation's token.
  public static ClientFrame joinByToken(String token) {
    return ClientFrame.newBuilder()
        .setJoinConversation(JoinConversation.newBuilder().setToken(token))
        .build();
  }

  /// Joins a group by its key.
  public static ClientFrame joinByKey(String key) {
    return ClientFrame.newBuilder()
        .setJoinConversation(JoinConversation.newBuilder().setKey(key))
        .build();
  }

  /// Deletes a group for good.
  public static ClientFrame delete(String conversation) {
    return ClientFrame.newBuilder()
        .setDeleteConversation(DeleteConversation.newBuilder().setConversationId(conversation))
        .build();
  }
}

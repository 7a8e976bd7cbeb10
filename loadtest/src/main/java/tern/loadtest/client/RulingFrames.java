// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import java.util.Map;
import java.util.function.UnaryOperator;
import tern.v1.BanUser;
import tern.v1.ClientFrame;
import tern.v1.Metadata;
import tern.v1.MuteMember;
import tern.v1.Role;
import tern.v1.SetRole;
import tern.v1.UpdateConversation;

/// The requests that change a conversation itself, or who may do what in it, each without an id.
public final class RulingFrames {
  private RulingFrames() {}

  /// Another name.
  public static ClientFrame rename(String conversation, String name) {
    return update(conversation, change -> change.setName(name));
  }

  /// Another image.
  public static ClientFrame image(String conversation, String address) {
    return update(conversation, change -> change.setImageUrl(address));
  }

  /// Other metadata.
  public static ClientFrame metadata(String conversation, Map<String, String> entries) {
    return update(
        conversation, change -> change.setMetadata(Metadata.newBuilder().putAllEntries(entries)));
  }

  /// Whether only moderators may post.
  public static ClientFrame freeze(String conversation, boolean frozen) {
    return update(conversation, change -> change.setFrozen(frozen));
  }

  /// How long members wait between two messages.
  public static ClientFrame slow(String conversation, int seconds) {
    return update(conversation, change -> change.setSlowModeSeconds(seconds));
  }

  /// Whether whoever knows the key may join.
  public static ClientFrame joinable(String conversation, boolean joinable) {
    return update(conversation, change -> change.setJoinableByKey(joinable));
  }

  /// The least role that posts.
  public static ClientFrame postRole(String conversation, Role role) {
    return update(conversation, change -> change.setPostRole(role));
  }

  /// The least role that adds members.
  public static ClientFrame addRole(String conversation, Role role) {
    return update(conversation, change -> change.setAddRole(role));
  }

  /// The least role that changes name, image and metadata.
  public static ClientFrame settingsRole(String conversation, Role role) {
    return update(conversation, change -> change.setSettingsRole(role));
  }

  /// The least role that pins.
  public static ClientFrame pinRole(String conversation, Role role) {
    return update(conversation, change -> change.setPinRole(role));
  }

  /// The least role that removes others.
  public static ClientFrame removeRole(String conversation, Role role) {
    return update(conversation, change -> change.setRemoveRole(role));
  }

  /// The least role that deletes what others have sent.
  public static ClientFrame deleteRole(String conversation, Role role) {
    return update(conversation, change -> change.setDeleteRole(role));
  }

  /// Another role for a member.
  public static ClientFrame role(String conversation, String user, Role role) {
    return ClientFrame.newBuilder()
        .setSetRole(
            SetRole.newBuilder().setConversationId(conversation).setUserId(user).setRole(role))
        .build();
  }

  /// Mutes a member until a time in milliseconds since 1970, 0 for good; or unmutes them.
  public static ClientFrame mute(String conversation, String user, boolean muted, long untilMs) {
    return ClientFrame.newBuilder()
        .setMuteMember(
            MuteMember.newBuilder()
                .setConversationId(conversation)
                .setUserId(user)
                .setMuted(muted)
                .setUntilMs(untilMs))
        .build();
  }

  /// Bans a user until a time in milliseconds since 1970, 0 for good; or lets them in again.
  public static ClientFrame ban(String conversation, String user, boolean banned, long untilMs) {
    return ClientFrame.newBuilder()
        .setBanUser(
            BanUser.newBuilder()
                .setConversationId(conversation)
                .setUserId(user)
                .setBanned(banned)
                .setUntilMs(untilMs))
        .build();
  }

  private static ClientFrame update(
      String conversation, UnaryOperator<UpdateConversation.Builder> change) {
    return ClientFrame.newBuilder()
        .setUpdateConversation(
            change.apply(UpdateConversation.newBuilder().setConversationId(conversation)))
        .build();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import java.util.Map;
import tern.v1.BlockUser;
import tern.v1.ClientFrame;
import tern.v1.ListBlocked;
import tern.v1.ListMuted;
import tern.v1.Metadata;
import tern.v1.MuteUser;
import tern.v1.ReadProfiles;
import tern.v1.UpdateProfile;

/// The requests about people, each without an id.
public final class PeopleFrames {
  private PeopleFrames() {}

  /// Blocks a user, or takes that back.
  public static ClientFrame block(String user, boolean blocked) {
    return ClientFrame.newBuilder()
        .setBlockUser(BlockUser.newBuilder().setUserId(user).setBlocked(blocked))
        .build();
  }

  /// Mutes a user, or takes that back.
  public static ClientFrame mute(String user, boolean muted) {
    return ClientFrame.newBuilder()
        .setMuteUser(MuteUser.newBuilder().setUserId(user).setMuted(muted))
        .build();
  }

  /// Whom one has blocked; the first page.
  public static ClientFrame blocked(int limit) {
    return ClientFrame.newBuilder()
        .setListBlocked(ListBlocked.newBuilder().setLimit(limit))
        .build();
  }

  /// Whom one has muted; the first page.
  public static ClientFrame muted(int limit) {
    return ClientFrame.newBuilder().setListMuted(ListMuted.newBuilder().setLimit(limit)).build();
  }

  /// Another name for oneself.
  public static ClientFrame name(String name) {
    return update(UpdateProfile.newBuilder().setName(name));
  }

  /// Another image of oneself.
  public static ClientFrame image(String address) {
    return update(UpdateProfile.newBuilder().setImageUrl(address));
  }

  /// Other metadata, and a name in the same change.
  public static ClientFrame metadata(String name, Map<String, String> entries) {
    return update(
        UpdateProfile.newBuilder()
            .setName(name)
            .setMetadata(Metadata.newBuilder().putAllEntries(entries)));
  }

  /// Asks how users are shown.
  public static ClientFrame profiles(Iterable<String> users) {
    return ClientFrame.newBuilder()
        .setReadProfiles(ReadProfiles.newBuilder().addAllUserIds(users))
        .build();
  }

  private static ClientFrame update(UpdateProfile.Builder change) {
    return ClientFrame.newBuilder().setUpdateProfile(change).build();
  }
}

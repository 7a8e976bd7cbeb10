// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tern.loadtest.history.ProfileSeen;
import tern.loadtest.history.Relation;
import tern.v1.ClientFrame;
import tern.v1.Profile;
import tern.v1.Profiles;
import tern.v1.RelationChanged;
import tern.v1.UpdateProfile;

/// What the protocol says of people, as the history's records.
final class Relations {
  static final String NAME = "name";
  static final String IMAGE = "image";
  static final String METADATA = "metadata";

  private Relations() {}

  /// What a frame wants to say of another user, if anything.
  static Optional<Relation.Wish> of(ClientFrame frame) {
    return switch (frame.getFrameCase()) {
      case BLOCK_USER -> {
        var block = frame.getBlockUser();
        yield Optional.of(
            new Relation.Wish(Relation.Kind.BLOCK, block.getUserId(), block.getBlocked()));
      }
      case MUTE_USER -> {
        var mute = frame.getMuteUser();
        yield Optional.of(new Relation.Wish(Relation.Kind.MUTE, mute.getUserId(), mute.getMuted()));
      }
      default -> Optional.empty();
    };
  }

  /// What stands between a user and another one.
  static Relation relation(RelationChanged told, String user, long at) {
    return new Relation(user, told.getUserId(), told.getBlocked(), told.getMuted(), at);
  }

  /// The parts of one's own profile that a frame wants to change, if any.
  static Optional<Map<String, String>> profile(ClientFrame frame) {
    if (!frame.hasUpdateProfile()) {
      return Optional.empty();
    }
    UpdateProfile update = frame.getUpdateProfile();
    Map<String, String> parts = new TreeMap<>();
    if (update.hasName()) {
      parts.put(NAME, update.getName());
    }
    if (update.hasImageUrl()) {
      parts.put(IMAGE, update.getImageUrl());
    }
    if (update.hasMetadata()) {
      parts.put(METADATA, Rulings.metadata(update.getMetadata().getEntriesMap()));
    }
    return Optional.of(parts);
  }

  /// How users were shown.
  static List<ProfileSeen> profiles(Profiles told, long at) {
    return told.getProfilesList().stream().map(profile -> profile(profile, at)).toList();
  }

  private static ProfileSeen profile(Profile told, long at) {
    return new ProfileSeen(
        told.getUserId(),
        parts(told.getName(), told.getImageUrl(), Rulings.metadata(told.getMetadataMap())),
        told.getChangedAtMs(),
        at);
  }

  /// A profile's parts by their names.
  static Map<String, String> parts(String name, String image, String metadata) {
    return Map.of(NAME, name, IMAGE, image, METADATA, metadata);
  }
}

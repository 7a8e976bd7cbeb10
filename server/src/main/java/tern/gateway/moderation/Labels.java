// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.moderation;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tern.moderation.rule.Legible;
import tern.v1.ClientFrame;
import tern.v1.CreateGroup;
import tern.v1.CreateOpen;
import tern.v1.UpdateConversation;
import tern.v1.UpdateProfile;

/// What people show to others beside messages: how they call and depict a conversation or
/// themselves, with what the app keeps of it in metadata, and how they react.
final class Labels {
  private static final Legible NONE = Legible.of(List.of());

  private Labels() {}

  /// What a request would have others see; nothing in most requests.
  static Legible of(ClientFrame request) {
    return switch (request.getFrameCase()) {
      case CREATE_GROUP -> {
        CreateGroup it = request.getCreateGroup();
        yield label(it.getName(), it.getImageUrl(), it.getMetadata().getEntriesMap());
      }
      case CREATE_OPEN -> {
        CreateOpen it = request.getCreateOpen();
        yield label(it.getName(), it.getImageUrl(), it.getMetadata().getEntriesMap());
      }
      case UPDATE_CONVERSATION -> {
        UpdateConversation it = request.getUpdateConversation();
        yield label(it.getName(), it.getImageUrl(), it.getMetadata().getEntriesMap());
      }
      case UPDATE_PROFILE -> {
        UpdateProfile it = request.getUpdateProfile();
        yield label(it.getName(), it.getImageUrl(), it.getMetadata().getEntriesMap());
      }
      case SET_REACTION ->
          request.getSetReaction().getOn()
              ? Legible.of(List.of(request.getSetReaction().getReaction()))
              : NONE;
      default -> NONE;
    };
  }

  private static Legible label(String name, String imageUrl, Map<String, String> metadata) {
    return new Legible(
        given(name),
        List.copyOf(metadata.values()),
        List.copyOf(metadata.keySet()),
        given(imageUrl));
  }

  private static List<String> given(String text) {
    return Stream.of(text).filter(it -> !it.isEmpty()).toList();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.moderation;

import java.util.List;
import tern.v1.ClientFrame;

/// The short texts beside messages that people show to others: what they call a conversation or
/// themselves, and how they react.
final class Labels {
  private Labels() {}

  /// Those that a request would have others see; none of most requests.
  static List<String> of(ClientFrame request) {
    return switch (request.getFrameCase()) {
      case CREATE_GROUP -> List.of(request.getCreateGroup().getName());
      case CREATE_OPEN -> List.of(request.getCreateOpen().getName());
      case UPDATE_CONVERSATION -> List.of(request.getUpdateConversation().getName());
      case UPDATE_PROFILE -> List.of(request.getUpdateProfile().getName());
      case SET_REACTION ->
          request.getSetReaction().getOn()
              ? List.of(request.getSetReaction().getReaction())
              : List.of();
      default -> List.of();
    };
  }
}

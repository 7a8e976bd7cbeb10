// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tern.v1.InvitationChanged;
import tern.v1.ServerFrame;

/// The invitations to rooms that anybody was told of, good ones and such as have ended: what people
/// who want to come in may have heard. All clients use it, from every event loop.
final class Doors {
  // The latest, so that some are good, and some were revoked or used up.
  private static final int KEPT = 8;

  private final Map<String, List<Invitation>> invitations = new ConcurrentHashMap<>();

  /// An invitation, with its token.
  record Invitation(String id, String token) {}

  /// Takes note of a new one.
  void learn(ServerFrame frame) {
    if (frame.hasInvitationChanged() && !frame.getInvitationChanged().getToken().isEmpty()) {
      InvitationChanged made = frame.getInvitationChanged();
      List<Invitation> ofRoom =
          invitations.computeIfAbsent(
              made.getInvitation().getConversationId(), _ -> new CopyOnWriteArrayList<>());
      ofRoom.add(new Invitation(made.getInvitation().getInvitationId(), made.getToken()));
      if (ofRoom.size() > KEPT) {
        ofRoom.removeFirst();
      }
    }
  }

  /// One of the latest to this room.
  Optional<Invitation> any(String conversation, Random random) {
    List<Invitation> ofRoom = List.copyOf(invitations.getOrDefault(conversation, List.of()));
    return ofRoom.isEmpty()
        ? Optional.empty()
        : Optional.of(ofRoom.get(random.nextInt(ofRoom.size())));
  }
}

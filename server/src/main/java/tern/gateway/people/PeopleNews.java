// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.people;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import tern.delivery.Delivery;
import tern.gateway.socket.FrameCodec;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.presence.LocalPresence;
import tern.presence.PresenceView;
import tern.session.OutgoingFrame;
import tern.session.Session;
import tern.user.Preferences;
import tern.user.Profile;
import tern.user.Profiles;
import tern.user.Relation;
import tern.v1.ServerFrame;

/// Tells the devices of whoever has changed something, and of those who may see it; state, not log:
/// whoever misses it reads it. Some of it blocks; for virtual threads.
public final class PeopleNews {
  private final Delivery delivery;
  private final BiConsumer<ConversationId, Collection<UserId>> listsChanged;
  private final Profiles profiles;
  private final LocalPresence presence;

  /// @param listsChanged told whose conversation lists look different
  public PeopleNews(
      Delivery delivery,
      BiConsumer<ConversationId, Collection<UserId>> listsChanged,
      Profiles profiles,
      LocalPresence presence) {
    this.delivery = delivery;
    this.listsChanged = listsChanged;
    this.profiles = profiles;
    this.presence = presence;
  }

  /// Who is online and who is away, for those who have them on the screen.
  public static OutgoingFrame presence(List<PresenceView> views) {
    return frame(PeopleFrames.presence(views, true));
  }

  private static OutgoingFrame frame(ServerFrame.Builder frame) {
    ServerFrame built = frame.build();
    return new OutgoingFrame(subprotocol -> FrameCodec.encode(subprotocol, built));
  }

  /// For the user's devices, and those of co-members who have the user on the screen.
  void changed(Profile profile) {
    UserId user = profile.user();
    Set<Session> watching = new HashSet<>(presence.watching(user));
    Set<UserId> others = watching.stream().map(Session::user).collect(toSet());
    others.remove(user);
    Set<UserId> told = others.isEmpty() ? new HashSet<>() : profiles.coMembers(user, others);
    told.add(user);
    delivery.tell(
        told,
        session -> session.user().equals(user) || watching.contains(session),
        frame(PeopleFrames.profiles(List.of(profile))));
  }

  void changed(UserId user, Relation relation) {
    delivery.tell(List.of(user), _ -> true, frame(PeopleFrames.relation(relation)));
    relation.conversations().forEach(it -> listsChanged.accept(it, List.of(user)));
    presence.moved(user);
    presence.moved(relation.other());
  }

  void changed(UserId user, Preferences preferences) {
    delivery.tell(List.of(user), _ -> true, frame(PeopleFrames.preferences(preferences)));
    presence.moved(user);
  }

  /// Like [#changed(UserId, Preferences)], when the user has said whether to be invisible.
  void hid(UserId user, Preferences preferences) {
    changed(user, preferences);
    presence.hid(user);
  }

  void muted(UserId user, ConversationId conversation) {
    listsChanged.accept(conversation, List.of(user));
  }
}

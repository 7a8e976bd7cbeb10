// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.people;

import java.util.List;
import tern.gateway.push.PushWishes;
import tern.presence.PresenceView;
import tern.user.ListedUser;
import tern.user.Preferences;
import tern.user.PresenceVisibility;
import tern.user.Profile;
import tern.user.Relation;
import tern.v1.People;
import tern.v1.Person;
import tern.v1.Presence;
import tern.v1.PresenceUpdate;
import tern.v1.Profiles;
import tern.v1.RelationChanged;
import tern.v1.ServerFrame;

/// Makes what crosses the wire of what is known of people: the same whether it is an answer or
/// news.
public final class PeopleFrames {
  private PeopleFrames() {}

  /// A profile as clients see it.
  public static tern.v1.Profile profile(Profile it) {
    return tern.v1.Profile.newBuilder()
        .setUserId(it.user().value())
        .setName(it.name())
        .setImageUrl(it.imageUrl())
        .setLocale(it.locale())
        .setTimeZone(it.timeZone())
        .putAllMetadata(it.metadata())
        .setChangedAtMs(it.changedAt().toEpochMilli())
        .build();
  }

  static ServerFrame.Builder profiles(List<Profile> profiles) {
    Profiles.Builder told = Profiles.newBuilder();
    profiles.forEach(it -> told.addProfiles(profile(it)));
    return ServerFrame.newBuilder().setProfiles(told);
  }

  static ServerFrame.Builder relation(Relation it) {
    return ServerFrame.newBuilder()
        .setRelationChanged(
            RelationChanged.newBuilder()
                .setUserId(it.other().value())
                .setBlocked(it.blocked())
                .setMuted(it.muted()));
  }

  // A full page may be the last one: then the next is empty.
  static ServerFrame.Builder people(List<ListedUser> users, int limit) {
    People.Builder told = People.newBuilder();
    for (ListedUser it : users) {
      told.addPeople(
          Person.newBuilder().setUserId(it.user().value()).setSinceMs(it.since().toEpochMilli()));
    }
    if (users.size() == limit) {
      told.setNextPage(users.getLast().user().value());
    }
    return ServerFrame.newBuilder().setPeople(told);
  }

  static ServerFrame.Builder preferences(Preferences it) {
    tern.v1.Preferences.Builder told =
        tern.v1.Preferences.newBuilder()
            .setPresenceVisibility(visibility(it.presenceVisibility()))
            .setInvisible(it.invisible())
            .setPushLevel(PushWishes.level(it.pushLevel()))
            .setMentionsPass(it.mentionsPass())
            .setUrgentPasses(it.urgentPasses());
    it.quietHours().map(PushWishes::quietHours).ifPresent(told::setQuietHours);
    return ServerFrame.newBuilder().setPreferences(told);
  }

  private static tern.v1.PresenceVisibility visibility(PresenceVisibility visibility) {
    return switch (visibility) {
      case EVERYBODY -> tern.v1.PresenceVisibility.PRESENCE_VISIBILITY_EVERYBODY;
      case CONTACTS -> tern.v1.PresenceVisibility.PRESENCE_VISIBILITY_CONTACTS;
      case NOBODY -> tern.v1.PresenceVisibility.PRESENCE_VISIBILITY_NOBODY;
    };
  }

  /// Who is online and who is away.
  ///
  /// @param live whether changes will be told
  public static ServerFrame.Builder presence(List<PresenceView> views, boolean live) {
    PresenceUpdate.Builder told = PresenceUpdate.newBuilder().setLive(live);
    for (PresenceView view : views) {
      Presence.Builder presence =
          Presence.newBuilder().setUserId(view.user().value()).setOnline(view.online());
      view.awaySince().ifPresent(it -> presence.setAwaySinceMs(it.toEpochMilli()));
      told.addPresences(presence);
    }
    return ServerFrame.newBuilder().setPresenceUpdate(told);
  }
}

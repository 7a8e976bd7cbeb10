// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.people;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tern.gateway.push.PushWishes;
import tern.gateway.request.Asker;
import tern.gateway.request.FromWire;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.RequestRefused;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.presence.LocalPresence;
import tern.user.Choices;
import tern.user.ListedUser;
import tern.user.Preferences;
import tern.user.PreferencesChange;
import tern.user.PresenceVisibility;
import tern.user.Profile;
import tern.user.Profiles;
import tern.user.Relation;
import tern.user.Relations;
import tern.v1.BlockUser;
import tern.v1.ClientFrame;
import tern.v1.ConversationMuted;
import tern.v1.ErrorCode;
import tern.v1.MuteConversation;
import tern.v1.MuteUser;
import tern.v1.ReadProfiles;
import tern.v1.ServerFrame;
import tern.v1.SubscribePresence;
import tern.v1.UpdatePreferences;
import tern.v1.UpdateProfile;

/// Requests about people. Blocks; for virtual threads.
public final class PeopleRequests {
  private static final int MAX_PROFILES = 100;
  private static final int LISTED = 50;
  private static final long MAX_MILLIS = (1L << 53) - 1;

  private final Profiles profiles;
  private final Relations relations;
  private final Choices choices;
  private final LocalPresence presence;
  private final PeopleNews news;
  private final ReportRequests reports;
  private final LimitsConfig limits;

  /// Works on these features, and tells what has changed.
  public PeopleRequests(
      Profiles profiles,
      Relations relations,
      Choices choices,
      LocalPresence presence,
      PeopleNews news,
      ReportRequests reports,
      LimitsConfig limits) {
    this.profiles = profiles;
    this.relations = relations;
    this.choices = choices;
    this.presence = presence;
    this.news = news;
    this.reports = reports;
    this.limits = limits;
  }

  /// Does what the user asks for, and gives the answer, still without the request's id.
  ///
  /// Throws [RequestRefused] when it can't be fulfilled, and `StoreException` when the store fails.
  public ServerFrame.Builder answer(Asker asker, ClientFrame request) {
    UserId user = asker.user();
    return switch (request.getFrameCase()) {
      case UPDATE_PROFILE -> update(user, request.getUpdateProfile());
      case READ_PROFILES -> read(asker, request.getReadProfiles());
      case BLOCK_USER -> block(user, request.getBlockUser());
      case MUTE_USER -> mute(user, request.getMuteUser());
      case LIST_BLOCKED ->
          list(
              user,
              Relation.Kind.BLOCKED,
              request.getListBlocked().getPage(),
              request.getListBlocked().getLimit());
      case LIST_MUTED ->
          list(
              user,
              Relation.Kind.MUTED,
              request.getListMuted().getPage(),
              request.getListMuted().getLimit());
      case MUTE_CONVERSATION -> mute(user, request.getMuteConversation());
      case SUBSCRIBE_PRESENCE -> look(user, request.getSubscribePresence());
      case UPDATE_PREFERENCES -> prefer(user, request.getUpdatePreferences());
      case READ_PREFERENCES -> PeopleFrames.preferences(choices.preferences(user));
      case REPORT -> reports.add(asker, request.getReport());
      default ->
          throw new IllegalArgumentException(
              request.getFrameCase() + " (expected: a request about people)");
    };
  }

  private ServerFrame.Builder update(UserId user, UpdateProfile it) {
    Profile profile = profiles.change(user, ProfileText.change(it, limits)).profile();
    news.changed(profile);
    return PeopleFrames.profiles(List.of(profile));
  }

  private ServerFrame.Builder read(Asker asker, ReadProfiles it) {
    List<UserId> asked = FromWire.users(it.getUserIdsList(), 1, MAX_PROFILES);
    if (it.getConversationId().isEmpty()) {
      return PeopleFrames.profiles(profiles.read(asker.user(), asked));
    }
    ConversationId watched = FromWire.conversation(it.getConversationId());
    return PeopleFrames.profiles(
        profiles.readWatching(watched, asker.user(), asker.grants(), asked));
  }

  private ServerFrame.Builder block(UserId user, BlockUser it) {
    return relate(user, it.getUserId(), Relation.Kind.BLOCKED, it.getBlocked());
  }

  private ServerFrame.Builder mute(UserId user, MuteUser it) {
    return relate(user, it.getUserId(), Relation.Kind.MUTED, it.getMuted());
  }

  private ServerFrame.Builder relate(UserId user, String id, Relation.Kind kind, boolean on) {
    UserId other = FromWire.user(id);
    if (other.equals(user)) {
      throw RequestRefused.invalid("user_id: one's own (expected: another user's)");
    }
    Relation relation =
        relations
            .set(user, other, kind, on)
            .orElseThrow(
                () ->
                    RequestRefused.of(
                        ErrorCode.ERROR_CODE_LIMIT_REACHED,
                        "blocked and muted users (expected: at most " + Relations.MAX + ")"));
    if (relation.changed()) {
      news.changed(user, relation);
    }
    return PeopleFrames.relation(relation);
  }

  private ServerFrame.Builder list(UserId user, Relation.Kind kind, String page, int asked) {
    int limit = FromWire.limit(asked, LISTED);
    String after = page.isEmpty() ? "" : FromWire.user(page).value();
    List<ListedUser> found = relations.list(user, kind, after, limit);
    return PeopleFrames.people(found, limit);
  }

  private ServerFrame.Builder mute(UserId user, MuteConversation it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    long until = it.getMutedUntilMs();
    if (until < 0 || until > MAX_MILLIS) {
      throw RequestRefused.invalid(
          "muted_until_ms: " + until + " (expected: 0 to " + MAX_MILLIS + ")");
    }
    Optional<Instant> at = until == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until));
    if (!choices.mute(user, conversation, at)) {
      throw RequestRefused.noConversation();
    }
    news.muted(user, conversation);
    return ServerFrame.newBuilder()
        .setConversationMuted(
            ConversationMuted.newBuilder()
                .setConversationId(conversation.toString())
                .setMutedUntilMs(until));
  }

  // Without a socket there is nobody to tell of changes.
  private ServerFrame.Builder look(UserId user, SubscribePresence it) {
    return PeopleFrames.presence(presence.look(user, watched(it)), false);
  }

  /// Whom a session wants to see, each once.
  public static Set<UserId> watched(SubscribePresence it) {
    return new LinkedHashSet<>(FromWire.users(it.getUserIdsList(), 0, LocalPresence.MAX_USERS));
  }

  private ServerFrame.Builder prefer(UserId user, UpdatePreferences it) {
    Preferences preferences = choices.prefer(user, change(it));
    if (it.hasInvisible()) {
      news.hid(user, preferences);
    } else {
      news.changed(user, preferences);
    }
    return PeopleFrames.preferences(preferences);
  }

  private static PreferencesChange change(UpdatePreferences it) {
    return new PreferencesChange(
        visibility(it.getPresenceVisibility()),
        it.hasInvisible() ? Optional.of(it.getInvisible()) : Optional.empty(),
        PushWishes.level("push_level", it.getPushLevel()),
        it.hasQuietHours(),
        PushWishes.quietHours(it.getQuietHours()),
        it.hasMentionsPass() ? Optional.of(it.getMentionsPass()) : Optional.empty(),
        it.hasUrgentPasses() ? Optional.of(it.getUrgentPasses()) : Optional.empty());
  }

  private static Optional<PresenceVisibility> visibility(tern.v1.PresenceVisibility visibility) {
    return switch (visibility) {
      case PRESENCE_VISIBILITY_EVERYBODY -> Optional.of(PresenceVisibility.EVERYBODY);
      case PRESENCE_VISIBILITY_CONTACTS -> Optional.of(PresenceVisibility.CONTACTS);
      case PRESENCE_VISIBILITY_NOBODY -> Optional.of(PresenceVisibility.NOBODY);
      case PRESENCE_VISIBILITY_UNSPECIFIED -> Optional.empty();
      // A visibility that this server does not know must not pass for one that it kept.
      case UNRECOGNIZED ->
          throw RequestRefused.invalid(
              "presence_visibility: not known (expected: everybody, contacts or nobody)");
    };
  }
}

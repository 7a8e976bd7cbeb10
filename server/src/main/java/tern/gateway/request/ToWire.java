// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.List;
import tern.conversation.Conversation;
import tern.conversation.ConversationKind;
import tern.conversation.HistoryVisibility;
import tern.conversation.Member;
import tern.conversation.OpenConversation;
import tern.conversation.Role;
import tern.conversation.rules.GroupRules;
import tern.conversation.rules.WatchRules;
import tern.gateway.push.PushWishes;
import tern.gateway.quote.WireQuotes;
import tern.id.UserId;
import tern.message.Reactions;
import tern.message.StoredMessage;
import tern.message.history.ChangesPage;
import tern.message.history.HistoryPage;
import tern.message.history.MemberMarker;
import tern.message.history.ResetReason;
import tern.message.inbox.InboxEntry;
import tern.message.inbox.InboxPage;
import tern.message.inbox.InboxUpdate;
import tern.message.inbox.Personal;
import tern.message.inbox.Place;
import tern.v1.CatchUpPage;
import tern.v1.Changes;
import tern.v1.ConversationOpened;
import tern.v1.InboxPlace;
import tern.v1.Marker;
import tern.v1.Message;
import tern.v1.Reaction;
import tern.v1.Reset;
import tern.v1.SavedDraft;
import tern.v1.WatchAccess;

/// Makes what crosses the wire of the domain's records.
public final class ToWire {
  private ToWire() {}

  /// A message as clients see it.
  public static Message message(StoredMessage message) {
    Message.Builder wire = body(message);
    wire.setSequence(message.sequence())
        .setRevision(message.revision())
        .setSenderId(message.sender().value())
        .setClientMessageId(message.clientMessageId().toString())
        .setCreatedAtMs(message.createdAt().toEpochMilli())
        .addAllOwnReactions(message.reactions().own());
    message.state().editedAt().ifPresent(at -> wire.setEditedAtMs(at.toEpochMilli()));
    message.state().pinnedAt().ifPresent(at -> wire.setPinnedAtMs(at.toEpochMilli()));
    message
        .state()
        .deletion()
        .ifPresent(
            it -> wire.setDeletedAtMs(it.at().toEpochMilli()).setDeletedById(it.by().value()));
    message.reactions().counts().forEach(it -> wire.addReactions(reaction(it)));
    return wire.build();
  }

  private static Reaction reaction(Reactions.Count it) {
    return Reaction.newBuilder()
        .setReaction(it.reaction())
        .setCount(it.count())
        .addAllUserIds(it.first().stream().map(UserId::value).toList())
        .build();
  }

  /// Content and headers, as the sender or the latest editor gave them.
  public static Message.Builder body(StoredMessage message) {
    try {
      return Message.newBuilder().mergeFrom(message.body());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "a stored body does not decode at sequence " + message.sequence(), e);
    }
  }

  static List<Message> messages(List<StoredMessage> messages) {
    return messages.stream().map(ToWire::message).toList();
  }

  /// A conversation's own state.
  public static tern.v1.Conversation conversation(Conversation it) {
    tern.v1.Conversation.Builder wire =
        tern.v1.Conversation.newBuilder()
            .setConversationId(it.id().toString())
            .setKind(kind(it.kind()))
            .setKey(it.key())
            .setName(it.name())
            .setImageUrl(it.imageUrl())
            .putAllMetadata(it.metadata())
            .setHistoryVisibility(visibility(it.historyVisibility()))
            .setCreatedAtMs(it.createdAt().toEpochMilli())
            .setRevision(it.settingsRevision())
            .setMemberCount(it.memberCount())
            .setJoinableByKey(it.joinableByKey());
    if (it.kind() != ConversationKind.DIRECT) {
      GroupRules rules = it.rules();
      wire.setPostRole(role(rules.toPost()))
          .setAddRole(role(rules.toAdd()))
          .setSettingsRole(role(rules.toChange()))
          .setPinRole(role(rules.toPin()))
          .setRemoveRole(role(rules.toRemove()))
          .setDeleteRole(role(rules.toDelete()))
          .setFrozen(rules.frozen())
          .setSlowModeSeconds((int) rules.slowMode().toSeconds());
    }
    if (it.kind() == ConversationKind.OPEN) {
      wire.setWatching(watching(it.rules().watching()));
    }
    return wire.build();
  }

  private static tern.v1.WatchRules watching(WatchRules rules) {
    return tern.v1.WatchRules.newBuilder()
        .setAccess(
            switch (rules.access()) {
              case NOBODY -> WatchAccess.WATCH_ACCESS_UNSPECIFIED;
              case PUBLIC -> WatchAccess.WATCH_ACCESS_PUBLIC;
              case GRANT -> WatchAccess.WATCH_ACCESS_GRANT;
              case LIST -> WatchAccess.WATCH_ACCESS_LIST;
            })
        .setGrant(rules.grant())
        .setWatchersPost(rules.watchersPost())
        .build();
  }

  static tern.v1.Member member(Member it) {
    return tern.v1.Member.newBuilder()
        .setUserId(it.user().value())
        .setRole(role(it.role()))
        .setRevision(it.revision())
        .setRemoved(it.removed())
        .setVisibleFrom(it.visibleFrom())
        .setMutedUntilMs(it.mutedUntil().map(Instant::toEpochMilli).orElse(0L))
        .build();
  }

  /// Members, as they are or were.
  public static List<tern.v1.Member> members(List<Member> members) {
    return members.stream().map(ToWire::member).toList();
  }

  /// A conversation with its members.
  public static ConversationOpened opened(OpenConversation it) {
    return ConversationOpened.newBuilder()
        .setConversation(conversation(it.conversation()))
        .addAllMembers(members(it.members()))
        .setCreated(it.created())
        .setRevision(it.revision())
        .setSequence(it.sequence())
        .build();
  }

  static Marker marker(MemberMarker it) {
    return Marker.newBuilder()
        .setUserId(it.user().value())
        .setDelivered(it.delivered())
        .setRead(it.read())
        .build();
  }

  /// A page of a catch-up.
  ///
  /// @param live whether live events follow; only then the markers are the newest
  public static CatchUpPage catchUpPage(ChangesPage page, String epoch, boolean live) {
    Changes.Builder changes =
        Changes.newBuilder()
            .setConversationId(page.id().toString())
            .setAfter(page.after())
            .setThrough(page.through())
            .setSequence(page.sequence())
            .addAllMembers(members(page.members()))
            .addAllMessages(messages(page.messages()));
    page.conversation().map(ToWire::conversation).ifPresent(changes::setConversation);
    CatchUpPage.Builder answer =
        CatchUpPage.newBuilder()
            .setChanges(changes)
            .setLive(live)
            .setEpoch(epoch)
            .setHasBefore(page.hasBefore())
            .addAllQuotes(WireQuotes.of(page.quotes()));
    page.reset().map(ToWire::reset).ifPresent(answer::setReset);
    if (live) {
      page.markers().forEach(marker -> answer.addMarkers(marker(marker)));
    }
    return answer.build();
  }

  static tern.v1.HistoryPage historyPage(String conversation, HistoryPage page) {
    return tern.v1.HistoryPage.newBuilder()
        .setConversationId(conversation)
        .addAllMessages(messages(page.messages()))
        .setHasBefore(page.hasBefore())
        .setHasAfter(page.hasAfter())
        .setRevision(page.revision())
        .addAllQuotes(WireQuotes.of(page.quotes()))
        .build();
  }

  /// A page of a user's conversation list.
  public static tern.v1.InboxPage inboxPage(InboxPage page) {
    return tern.v1.InboxPage.newBuilder()
        .addAllEntries(page.entries().stream().map(ToWire::inboxEntry).toList())
        .setNextPage(page.nextPage())
        .setCursor(page.cursor())
        .setBadge((int) page.badge())
        .setReset(page.reset())
        .build();
  }

  /// What changed in a conversation list.
  public static tern.v1.InboxUpdate inboxUpdate(InboxUpdate update) {
    return tern.v1.InboxUpdate.newBuilder()
        .addAllEntries(update.entries().stream().map(ToWire::inboxEntry).toList())
        .setBadge((int) update.badge())
        .build();
  }

  /// A line of a user's conversation list.
  static tern.v1.InboxEntry inboxEntry(InboxEntry entry) {
    return switch (entry) {
      case InboxEntry.Removed(var id) ->
          tern.v1.InboxEntry.newBuilder()
              .setConversation(tern.v1.Conversation.newBuilder().setConversationId(id.toString()))
              .setRemoved(true)
              .build();
      case InboxEntry.Standing it -> standing(it);
    };
  }

  private static tern.v1.InboxEntry standing(InboxEntry.Standing it) {
    tern.v1.InboxEntry.Builder entry =
        tern.v1.InboxEntry.newBuilder()
            .setConversation(conversation(it.conversation()))
            .setUnread(it.unread())
            .setMarker(marker(it.marker()))
            .setRevision(it.revision())
            .setSequence(it.sequence())
            .setActiveAtMs(it.activeAt().toEpochMilli());
    it.lastMessage().map(ToWire::message).ifPresent(entry::setLastMessage);
    it.peer().ifPresent(peer -> entry.setPeerId(peer.value()));
    Personal own = it.personal();
    entry.setPlace(place(own.place())).setVisibleFrom(own.visibleFrom());
    own.pinnedAt().ifPresent(at -> entry.setPinnedAtMs(at.toEpochMilli()));
    own.draft()
        .ifPresent(
            draft ->
                entry.setDraft(
                    SavedDraft.newBuilder()
                        .setText(draft.text())
                        .setReplyTo(draft.replyTo())
                        .setSavedAtMs(draft.savedAt().toEpochMilli())));
    it.choices().mutedUntil().ifPresent(until -> entry.setMutedUntilMs(until.toEpochMilli()));
    entry.setPeerBlocked(it.choices().peerBlocked());
    it.choices().pushLevel().map(PushWishes::level).ifPresent(entry::setPushLevel);
    return entry.build();
  }

  private static InboxPlace place(Place place) {
    return switch (place) {
      case MAIN -> InboxPlace.INBOX_PLACE_MAIN;
      case ARCHIVED -> InboxPlace.INBOX_PLACE_ARCHIVED;
      case HIDDEN -> InboxPlace.INBOX_PLACE_HIDDEN;
    };
  }

  private static tern.v1.ConversationKind kind(ConversationKind kind) {
    return switch (kind) {
      case DIRECT -> tern.v1.ConversationKind.CONVERSATION_KIND_DIRECT;
      case GROUP -> tern.v1.ConversationKind.CONVERSATION_KIND_GROUP;
      case OPEN -> tern.v1.ConversationKind.CONVERSATION_KIND_OPEN;
    };
  }

  /// What a member may do.
  public static tern.v1.Role role(Role role) {
    return switch (role) {
      case MEMBER -> tern.v1.Role.ROLE_MEMBER;
      case MODERATOR -> tern.v1.Role.ROLE_MODERATOR;
      case OWNER -> tern.v1.Role.ROLE_OWNER;
    };
  }

  private static tern.v1.HistoryVisibility visibility(HistoryVisibility visibility) {
    return switch (visibility) {
      case JOINED -> tern.v1.HistoryVisibility.HISTORY_VISIBILITY_JOINED;
      case START -> tern.v1.HistoryVisibility.HISTORY_VISIBILITY_START;
    };
  }

  private static Reset reset(ResetReason reason) {
    return Reset.newBuilder()
        .setReason(
            switch (reason) {
              case NO_POSITION -> Reset.Reason.REASON_NO_POSITION;
              case EPOCH -> Reset.Reason.REASON_EPOCH;
              case BEYOND_HEAD -> Reset.Reason.REASON_BEYOND_HEAD;
              case BEFORE_FIRST -> Reset.Reason.REASON_BEFORE_FIRST;
              case REJOINED -> Reset.Reason.REASON_REJOINED;
              case TOO_FAR_BEHIND -> Reset.Reason.REASON_TOO_FAR_BEHIND;
            })
        .build();
  }
}

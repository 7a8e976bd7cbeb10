// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.watch;

import java.util.List;
import tern.conversation.Conversations;
import tern.conversation.Membership;
import tern.conversation.SettingsChange;
import tern.conversation.rules.WatchRules;
import tern.conversation.rules.WatchRules.Access;
import tern.gateway.governance.GivenSettings;
import tern.gateway.governance.MemberAnswers;
import tern.gateway.request.Asker;
import tern.gateway.request.Features;
import tern.gateway.request.FromWire;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.RequestRefused;
import tern.id.ConversationId;
import tern.id.ConversationKey;
import tern.id.GrantName;
import tern.id.UserId;
import tern.v1.ChangeWatchList;
import tern.v1.CountWatchers;
import tern.v1.CreateOpen;
import tern.v1.ErrorCode;
import tern.v1.ReadWatchList;
import tern.v1.ServerFrame;
import tern.v1.WatchListChanged;
import tern.v1.WatchListPage;
import tern.v1.WatcherCount;
import tern.watch.Doors;
import tern.watch.WatchConfig;
import tern.watch.WatchList;
import tern.watch.Watchers;

/// Creates OPEN conversations, and says who may watch them. Blocks; for virtual threads.
public final class OpenRequests {
  private static final int MAX_CHANGED = 1_000;
  private static final int LISTED = 50;

  private final Conversations conversations;
  private final WatchList list;
  private final WatchConfig config;
  private final Doors doors;
  private final Watchers watchers;
  private final LimitsConfig limits;

  /// Works on these.
  public OpenRequests(Conversations conversations, Features.Open open, LimitsConfig limits) {
    this.conversations = conversations;
    this.list = open.list();
    this.config = open.config();
    this.doors = open.doors();
    this.watchers = open.watchers();
    this.limits = limits;
  }

  /// Throws [RequestRefused] where users create no OPEN conversations by themselves.
  public void admitUser() {
    if (!config.usersCreate()) {
      throw RequestRefused.of(
          ErrorCode.ERROR_CODE_FORBIDDEN,
          "only the app's backend creates OPEN conversations (expected: open.users_create)");
    }
  }

  /// Creates one; throws [RequestRefused] when that can't be done.
  public ServerFrame.Builder create(Asker asker, CreateOpen it) {
    SettingsChange settings = GivenSettings.of(it, limits);
    ConversationKey key = asker.key(FromWire.key(it.getKey()));
    List<UserId> others = FromWire.users(it.getUserIdsList(), 0, Membership.MAX_MEMBERS - 1);
    return MemberAnswers.created(
        conversations.createOpen(asker.user(), others, key, rules(it.getWatching()), settings));
  }

  private static WatchRules rules(tern.v1.WatchRules it) {
    Access access =
        switch (it.getAccess()) {
          case WATCH_ACCESS_UNSPECIFIED, WATCH_ACCESS_PUBLIC -> Access.PUBLIC;
          case WATCH_ACCESS_GRANT -> Access.GRANT;
          case WATCH_ACCESS_LIST -> Access.LIST;
          case UNRECOGNIZED ->
              throw RequestRefused.invalid("access: unknown (expected: public, grant or list)");
        };
    if (access == Access.GRANT) {
      GrantName grant = FromWire.checked(GrantName::new, it.getGrant());
      return new WatchRules(access, grant.value(), it.getWatchersPost());
    }
    if (!it.getGrant().isEmpty()) {
      throw RequestRefused.invalid("grant: given (expected: with access GRANT only)");
    }
    return new WatchRules(access, "", it.getWatchersPost());
  }

  /// Changes who may watch; throws [RequestRefused] when the user may not say so.
  public ServerFrame.Builder change(UserId user, ChangeWatchList it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    List<UserId> add = FromWire.users(it.getAddUserIdsList(), 0, MAX_CHANGED);
    List<UserId> remove = FromWire.users(it.getRemoveUserIdsList(), 0, MAX_CHANGED);
    if (add.isEmpty() && remove.isEmpty()) {
      throw RequestRefused.invalid("user_ids: none (expected: some to add or to remove)");
    }
    return switch (list.change(conversation, user, add, remove)) {
      case WatchList.Change.Done(int added, int removed) ->
          ServerFrame.newBuilder()
              .setWatchListChanged(
                  WatchListChanged.newBuilder()
                      .setConversationId(conversation.toString())
                      .setAdded(added)
                      .setRemoved(removed));
      case WatchList.Refused reason -> throw refusal(reason);
    };
  }

  /// Lists who may watch; throws [RequestRefused] when the user may not know.
  public ServerFrame.Builder read(UserId user, ReadWatchList it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    String after = it.getAfterUserId();
    if (!after.isEmpty()) {
      after = FromWire.user(after).value();
    }
    int limit = FromWire.limit(it.getLimit(), LISTED);
    return switch (list.read(conversation, user, after, limit)) {
      case WatchList.Listing.Page page ->
          ServerFrame.newBuilder()
              .setWatchListPage(
                  WatchListPage.newBuilder()
                      .setConversationId(conversation.toString())
                      .addAllUserIds(page.users().stream().map(UserId::value).toList())
                      .setHasAfter(page.hasAfter()));
      case WatchList.Refused reason -> throw refusal(reason);
    };
  }

  /// Tells how many watch; throws [RequestRefused] when the asker may not.
  public ServerFrame.Builder count(Asker asker, CountWatchers it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    if (doors.open(conversation, asker.user(), asker.grants()).isEmpty()) {
      throw RequestRefused.noConversation();
    }
    return ServerFrame.newBuilder()
        .setWatcherCount(
            WatcherCount.newBuilder()
                .setConversationId(conversation.toString())
                .setWatchers(Watchers.rough(watchers.count(conversation))));
  }

  private static RequestRefused refusal(WatchList.Refused reason) {
    return switch (reason) {
      case NOT_FOUND -> RequestRefused.noConversation();
      case FORBIDDEN ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_FORBIDDEN,
              "your role, or the conversation's access, does not allow that");
      case LIMIT_REACHED ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_LIMIT_REACHED,
              "users who may watch (expected: at most " + WatchList.MAX_USERS + ")");
    };
  }
}

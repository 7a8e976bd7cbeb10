// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.util.List;
import tern.v1.ChangeWatchList;
import tern.v1.ClientFrame;
import tern.v1.CountWatchers;
import tern.v1.CreateOpen;
import tern.v1.Position;
import tern.v1.ReadWatchList;
import tern.v1.UnwatchConversation;
import tern.v1.UpdateConversation;
import tern.v1.WatchAccess;
import tern.v1.WatchConversation;
import tern.v1.WatchRules;

/// Frames about OPEN conversations that tests send, in a line each.
public final class OpenRequests {
  private OpenRequests() {}

  /// Creates one that everybody may watch, and post in or not.
  public static ClientFrame.Builder create(boolean watchersPost) {
    return create(
        WatchRules.newBuilder()
            .setAccess(WatchAccess.WATCH_ACCESS_PUBLIC)
            .setWatchersPost(watchersPost));
  }

  /// Creates one with these rules.
  public static ClientFrame.Builder create(WatchRules.Builder rules) {
    return ClientFrame.newBuilder()
        .setCreateOpen(CreateOpen.newBuilder().setName("live").setWatching(rules));
  }

  /// Watches.
  public static ClientFrame.Builder watch(String conversation) {
    return ClientFrame.newBuilder()
        .setWatchConversation(WatchConversation.newBuilder().setConversationId(conversation));
  }

  /// Watches from a position.
  public static ClientFrame.Builder watch(String conversation, Position position) {
    return ClientFrame.newBuilder()
        .setWatchConversation(
            WatchConversation.newBuilder().setConversationId(conversation).setPosition(position));
  }

  /// Stops watching.
  public static ClientFrame.Builder unwatch(String conversation) {
    return ClientFrame.newBuilder()
        .setUnwatchConversation(UnwatchConversation.newBuilder().setConversationId(conversation));
  }

  /// Lets watchers post, or no longer.
  public static ClientFrame.Builder letWatchersPost(String conversation, boolean post) {
    return ClientFrame.newBuilder()
        .setUpdateConversation(
            UpdateConversation.newBuilder().setConversationId(conversation).setWatchersPost(post));
  }

  /// Lets users watch.
  public static ClientFrame.Builder list(String conversation, List<String> users) {
    return ClientFrame.newBuilder()
        .setChangeWatchList(
            ChangeWatchList.newBuilder().setConversationId(conversation).addAllAddUserIds(users));
  }

  /// Takes users off the list of those who may watch.
  public static ClientFrame.Builder unlist(String conversation, List<String> users) {
    return ClientFrame.newBuilder()
        .setChangeWatchList(
            ChangeWatchList.newBuilder()
                .setConversationId(conversation)
                .addAllRemoveUserIds(users));
  }

  /// Asks how many watch.
  public static ClientFrame.Builder count(String conversation) {
    return ClientFrame.newBuilder()
        .setCountWatchers(CountWatchers.newBuilder().setConversationId(conversation));
  }

  /// Reads who may watch.
  public static ClientFrame.Builder listed(String conversation, String after, int limit) {
    return ClientFrame.newBuilder()
        .setReadWatchList(
            ReadWatchList.newBuilder()
                .setConversationId(conversation)
                .setAfterUserId(after)
                .setLimit(limit));
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import java.util.Optional;
import tern.v1.ChangeWatchList;
import tern.v1.ClientFrame;
import tern.v1.CreateOpen;
import tern.v1.UnwatchConversation;
import tern.v1.WatchConversation;
import tern.v1.WatchRules;

/// The requests about OPEN conversations, each without an id.
public final class OpenFrames {
  private OpenFrames() {}

  /// A conversation that everybody may watch, with these others as members.
  public static ClientFrame create(String name, Iterable<String> others) {
    return ClientFrame.newBuilder()
        .setCreateOpen(CreateOpen.newBuilder().setName(name).addAllUserIds(others))
        .build();
  }

  /// A conversation that may be watched by these rules, with these others as members.
  public static ClientFrame create(String key, Iterable<String> others, WatchRules rules) {
    return ClientFrame.newBuilder()
        .setCreateOpen(
            CreateOpen.newBuilder()
                .setName(key)
                .setKey(key)
                .addAllUserIds(others)
                .setWatching(rules))
        .build();
  }

  /// Begins to watch a conversation.
  static ClientFrame watch(String conversation) {
    return watch(conversation, Optional.empty());
  }

  /// Begins to watch a conversation, and asks for what happened since where the screen stands.
  public static ClientFrame watch(String conversation, Optional<Standing> from) {
    WatchConversation.Builder watch =
        WatchConversation.newBuilder().setConversationId(conversation);
    from.ifPresent(standing -> watch.setPosition(standing.toPosition()));
    return ClientFrame.newBuilder().setWatchConversation(watch).build();
  }

  /// Ends watching.
  public static ClientFrame unwatch(String conversation) {
    return ClientFrame.newBuilder()
        .setUnwatchConversation(UnwatchConversation.newBuilder().setConversationId(conversation))
        .build();
  }

  /// Puts users on the list of those who may watch, and takes others off it.
  public static ClientFrame changeList(
      String conversation, Iterable<String> add, Iterable<String> remove) {
    return ClientFrame.newBuilder()
        .setChangeWatchList(
            ChangeWatchList.newBuilder()
                .setConversationId(conversation)
                .addAllAddUserIds(add)
                .addAllRemoveUserIds(remove))
        .build();
  }
}

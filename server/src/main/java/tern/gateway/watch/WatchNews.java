// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.watch;

import tern.gateway.socket.FrameCodec;
import tern.id.ConversationId;
import tern.session.OutgoingFrame;
import tern.v1.CatchUpPage;
import tern.v1.ServerFrame;
import tern.v1.Unwatched;
import tern.v1.WatcherCount;
import tern.watch.WatchFrames;

/// What those who watch are told besides messages, as frames that are encoded once for all.
public final class WatchNews implements WatchFrames {
  @Override
  public OutgoingFrame count(ConversationId conversation, int watchers) {
    return frame(
        ServerFrame.newBuilder()
            .setWatcherCount(
                WatcherCount.newBuilder()
                    .setConversationId(conversation.toString())
                    .setWatchers(watchers)));
  }

  @Override
  public OutgoingFrame unwatched(ConversationId conversation) {
    return frame(
        ServerFrame.newBuilder()
            .setUnwatched(Unwatched.newBuilder().setConversationId(conversation.toString())));
  }

  static OutgoingFrame page(CatchUpPage page) {
    return frame(ServerFrame.newBuilder().setCatchUpPage(page));
  }

  private static OutgoingFrame frame(ServerFrame.Builder frame) {
    ServerFrame built = frame.build();
    return new OutgoingFrame(subprotocol -> FrameCodec.encode(subprotocol, built));
  }
}

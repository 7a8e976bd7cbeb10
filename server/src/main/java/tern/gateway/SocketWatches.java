// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.id.ConversationId;
import tern.message.history.Position;
import tern.session.Session;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;
import tern.v1.UnwatchConversation;
import tern.v1.Unwatched;
import tern.v1.WatchConversation;
import tern.v1.Watching;
import tern.watch.Watcher;
import tern.watch.Watchers;

/// What one socket watches. Owned by its event loop; ends with the socket.
final class SocketWatches {
  private final SessionSocket socket;
  private final WatchDesk desk;
  private @Nullable Map<ConversationId, Watcher> watched; // null: as for most sockets, nothing

  SocketWatches(SessionSocket socket, WatchDesk desk) {
    this.socket = socket;
    this.desk = desk;
  }

  /// Begins to watch. Enters first and reads then: what is committed in between comes live.
  void watch(Session session, int id, WatchConversation it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    Optional<Position> position =
        it.hasPosition() ? Optional.of(FromWire.position(it.getPosition())) : Optional.empty();
    Watcher present = present(conversation);
    if (present != null && !present.hasBegun()) {
      throw RequestRefused.invalid(
          "conversation_id: asked for already (expected: wait for the answer)");
    }
    socket.requestBegun();
    if (present != null) {
      present.leave();
    }
    Watcher watcher;
    try {
      watcher = enter(conversation, session);
    } catch (RequestRefused refusal) {
      socket.requestEnded();
      throw refusal;
    }
    boolean begun =
        socket.block(
            () -> desk.admit(session, conversation, position),
            admission -> admitted(id, watcher, admission),
            refusal -> refused(id, watcher, refusal));
    if (!begun) {
      refused(id, watcher, RequestRefused.unavailable());
    }
  }

  private @Nullable Watcher present(ConversationId conversation) {
    Watcher watcher = watched == null ? null : watched.get(conversation);
    return watcher == null || !watcher.isHere() ? null : watcher;
  }

  private Watcher enter(ConversationId conversation, Session session) {
    Map<ConversationId, Watcher> all = watched == null ? new HashMap<>() : watched;
    watched = all;
    // Those that were sent away are forgotten here, so that they don't pile up.
    all.values().removeIf(it -> !it.isHere());
    Watcher watcher =
        desk.watchers()
            .enter(conversation, session)
            .orElseThrow(
                () ->
                    RequestRefused.of(
                        ErrorCode.ERROR_CODE_LIMIT_REACHED,
                        "conversations that this user watches (expected: open.watches_per_user)"));
    all.put(conversation, watcher);
    return watcher;
  }

  private void admitted(int id, Watcher watcher, WatchDesk.Admission admission) {
    if (!watcher.isHere()) {
      // Sent away while it was let in.
      admission.release();
      refused(id, watcher, RequestRefused.noConversation());
      return;
    }
    watcher.setMember(admission.entrance().isMember(), admission.entrance().membershipRevision());
    socket.send(
        ServerFrame.newBuilder()
            .setId(id)
            .setWatching(
                Watching.newBuilder()
                    .setConversationId(watcher.conversation().toString())
                    .setWatchers(Watchers.rough(watcher.watchers()))
                    .setPageFollows(admission.page().isPresent())));
    admission
        .page()
        .ifPresentOrElse(
            page -> WatchDesk.begin(watcher, page), () -> watcher.begin(admission.through()));
    socket.requestEnded();
  }

  private void refused(int id, Watcher watcher, RequestRefused refusal) {
    watcher.leave();
    socket.refuse(id, refusal);
    socket.requestEnded();
  }

  /// Ends watching, if it is watched at all.
  void unwatch(int id, UnwatchConversation it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    Watcher present = present(conversation);
    if (present != null) {
      present.leave();
    }
    socket.send(
        ServerFrame.newBuilder()
            .setId(id)
            .setUnwatched(Unwatched.newBuilder().setConversationId(conversation.toString())));
  }

  /// Whether the socket's user sees the conversation by watching it, and not as a member.
  boolean showsTo(String conversation) {
    Watcher present = watched == null ? null : present(FromWire.conversation(conversation));
    return present != null && present.hasBegun() && !present.isMember();
  }

  /// The session stands on another access token: what that no longer grants ends.
  void tokenChanged() {
    if (watched != null) {
      watched.values().stream().filter(Watcher::isHere).forEach(desk::doubt);
    }
  }

  /// The socket is gone.
  void end() {
    if (watched != null) {
      watched.values().forEach(Watcher::leave);
      watched = null;
    }
  }
}

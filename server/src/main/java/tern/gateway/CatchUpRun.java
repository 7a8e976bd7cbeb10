// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.util.Optional;
import tern.gateway.request.Features;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.ToWire;
import tern.id.ConversationId;
import tern.message.history.ChangesPage;
import tern.message.history.Position;
import tern.session.Session;
import tern.v1.ServerFrame;

/// One catch-up of one session: page after page, each read when the socket has room for it, until
/// the head; then the switch to live, on the event loop, where no live event can slip between.
final class CatchUpRun {
  private final SessionSocket socket;
  private final Session session;
  private final Features features;
  private final int requestId;
  private final ConversationId conversation;

  CatchUpRun(
      SessionSocket socket,
      Session session,
      Features features,
      int requestId,
      ConversationId conversation) {
    this.socket = socket;
    this.session = session;
    this.features = features;
    this.requestId = requestId;
    this.conversation = conversation;
  }

  /// Begins; on the session's event loop.
  void from(Optional<Position> position) {
    if (!session.fallBehind(conversation)) {
      throw RequestRefused.invalid(
          "conversation_id: a catch-up of it runs already (expected: wait for its last page)");
    }
    next(position);
  }

  private void next(Optional<Position> position) {
    boolean begun =
        socket.block(
            () -> features.catchUp().read(conversation, session.user(), position),
            this::page,
            this::failed);
    if (!begun) {
      failed(RequestRefused.unavailable());
    }
  }

  private void page(Optional<ChangesPage> found) {
    if (found.isEmpty()) {
      failed(RequestRefused.noConversation());
      return;
    }
    ChangesPage page = found.get();
    boolean live = page.head() && session.caughtUp(conversation, page.through(), System.nanoTime());
    String epoch = features.catchUp().epoch();
    socket.send(
        ServerFrame.newBuilder()
            .setId(requestId)
            .setCatchUpPage(ToWire.catchUpPage(page, epoch, live)));
    if (live) {
      socket.requestEnded();
    } else {
      Position reached = new Position(epoch, page.through(), page.sequence());
      session.outbox().whenRoom(() -> next(Optional.of(reached)));
    }
  }

  private void failed(RequestRefused refusal) {
    session.live(conversation);
    socket.refuse(requestId, refusal);
    socket.requestEnded();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.business;

import io.vertx.core.json.JsonObject;
import tern.api.schema.Fields;
import tern.gateway.request.Asker;
import tern.gateway.request.Drafts;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.Requests;
import tern.gateway.request.Sends;
import tern.id.UserId;
import tern.message.Draft;
import tern.message.business.BusinessMessages;
import tern.v1.ClientFrame;
import tern.v1.DeleteMessage;
import tern.v1.ErrorCode;
import tern.v1.Message;
import tern.v1.ReadHistory;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;

/// What the app's backend says as the business itself and does as everybody's moderator. Blocks;
/// for virtual threads.
public final class BusinessSends {
  private final BusinessMessages messages;
  private final Sends sends;
  private final LimitsConfig limits;
  private final Requests requests;

  /// @param requests what a member may ask, too
  public BusinessSends(Requests requests, LimitsConfig limits) {
    this.messages = requests.business();
    this.sends = requests.sends();
    this.limits = limits;
    this.requests = requests;
  }

  /// Sends a message; throws [RequestRefused] when it was not accepted.
  ///
  /// @param keyId of the key with which it is sent
  public ServerFrame send(String keyId, String conversation, JsonObject body) {
    sends.takeTurn(keyId);
    SendMessage.Builder send = SendMessage.newBuilder();
    Fields.read(body, send);
    Draft draft = Drafts.of(send.setConversationId(conversation).build(), UserId.BUSINESS, limits);
    return sends.answer(draft, messages.send(draft)).build();
  }

  /// Asks as the backend, which is a member of no conversation and stands above those of each;
  /// throws [RequestRefused] when that can't be done.
  ///
  /// @param keyId of the key with which it asks
  public ServerFrame ask(String keyId, ClientFrame request) {
    return requests.answer(Asker.backendFor(UserId.BUSINESS, keyId), request).build();
  }

  /// Deletes a message that the business has sent; throws [RequestRefused] for anybody else's.
  ///
  /// @param keyId of the key with which it asks
  public ServerFrame delete(String keyId, ClientFrame request) {
    DeleteMessage it = request.getDeleteMessage();
    ReadHistory place =
        ReadHistory.newBuilder()
            .setConversationId(it.getConversationId())
            .setAfter(it.getSequence() - 1)
            .setLimit(1)
            .build();
    ServerFrame found = ask(keyId, ClientFrame.newBuilder().setReadHistory(place).build());
    Message message =
        found.getHistoryPage().getMessagesList().stream()
            .filter(standing -> standing.getSequence() == it.getSequence())
            .findFirst()
            .orElseThrow(RequestRefused::noConversation);
    if (!message.getSenderId().equals(UserId.BUSINESS.value())) {
      throw RequestRefused.of(
          ErrorCode.ERROR_CODE_FORBIDDEN,
          "the message is a user's (expected: one that was sent as the business)");
    }
    return ask(keyId, request);
  }
}

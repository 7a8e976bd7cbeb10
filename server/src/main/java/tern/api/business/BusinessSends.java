// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.business;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.json.JsonObject;
import tern.gateway.request.Drafts;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.Sends;
import tern.id.UserId;
import tern.message.Draft;
import tern.message.business.BusinessMessages;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;

/// Sends as the business. Blocks; for virtual threads.
public final class BusinessSends {
  private static final JsonFormat.Parser JSON = JsonFormat.parser().ignoringUnknownFields();

  private final BusinessMessages messages;
  private final Sends sends;
  private final LimitsConfig limits;

  /// @param sends words the answers, as for anybody who sends
  public BusinessSends(BusinessMessages messages, Sends sends, LimitsConfig limits) {
    this.messages = messages;
    this.sends = sends;
    this.limits = limits;
  }

  /// Sends a message; throws [RequestRefused] when it was not accepted.
  public ServerFrame send(String conversation, JsonObject body) {
    SendMessage.Builder send = SendMessage.newBuilder();
    try {
      JSON.merge(body.encode(), send);
    } catch (InvalidProtocolBufferException _) {
      // Its message may quote the body.
      throw RequestRefused.invalid(
          "body: a field is not of its type (expected: as /v1/openapi.yaml says)");
    }
    Draft draft = Drafts.of(send.setConversationId(conversation).build(), UserId.BUSINESS, limits);
    return sends.answer(draft, messages.send(draft)).build();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.past;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tern.api.schema.Fields;
import tern.gateway.request.Drafts;
import tern.gateway.request.FromWire;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.RequestRefused;
import tern.id.ClientMessageId;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.Draft;
import tern.message.past.PastMessage;
import tern.v1.SendMessage;

/// Reads a past message: what a message that is sent holds, with who sent it, and when.
final class GivenMessage {
  private GivenMessage() {}

  /// The message that stands in `given`, which is as the OpenAPI file says.
  ///
  /// Throws [RequestRefused] for what can't be one.
  static PastMessage read(ConversationId conversation, JsonObject given, LimitsConfig limits) {
    UserId sender = FromWire.user(given.getString("senderId"));
    Optional<PastMessage.Name> answers =
        Optional.ofNullable(given.getJsonObject("replyToMessage")).map(GivenMessage::name);
    Instant sentAt = Instant.ofEpochMilli(millis(given.getValue("sentAtMs")));
    Optional<Instant> editedAt =
        Optional.ofNullable(given.getValue("editedAtMs"))
            .map(it -> Instant.ofEpochMilli(millis(it)));
    if (editedAt.stream().anyMatch(sentAt::isAfter)) {
      throw RequestRefused.invalid("editedAtMs: before it was sent (expected: not before)");
    }
    SendMessage send = send(given).setConversationId(conversation.toString()).build();
    if (answers.isPresent() && send.getReplyTo() > 0) {
      throw RequestRefused.invalid("replyTo and replyToMessage: both (expected: one of them)");
    }
    Draft draft = Drafts.of(send, sender, limits);
    return new PastMessage(
        answers.map(name -> marked(draft, name)).orElse(draft), sentAt, editedAt, answers);
  }

  private static SendMessage.Builder send(JsonObject given) {
    SendMessage.Builder send = SendMessage.newBuilder();
    Fields.read(given, send);
    return send;
  }

  private static PastMessage.Name name(JsonObject given) {
    return new PastMessage.Name(
        FromWire.user(given.getString("senderId")),
        FromWire.checked(ClientMessageId::parse, given.getString("clientMessageId")));
  }

  // The body does not yet say what it answers: so that a repeat that answers something else is
  // none,
  // the hash does.
  private static Draft marked(Draft it, PastMessage.Name name) {
    UUID id = name.clientMessageId().value();
    return new Draft(
        it.conversation(),
        it.sender(),
        it.clientMessageId(),
        it.contentHash() ^ id.getMostSignificantBits() ^ Long.reverse(id.getLeastSignificantBits()),
        it.countable(),
        it.fits(),
        it.body());
  }

  // A number, or one in decimal digits.
  static long millis(Object given) {
    return given instanceof Number number ? number.longValue() : Long.parseLong(given.toString());
  }
}

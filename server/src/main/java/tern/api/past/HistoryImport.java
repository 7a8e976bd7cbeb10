// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.past;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.Requests;
import tern.id.ConversationId;
import tern.message.past.ImportResult;
import tern.message.past.PastMessage;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;

/// Takes groups as they were elsewhere, and batches of past messages, and tells of each where it
/// stands. No moderation rule, hook or rate is asked: it was said long ago. Blocks; for virtual
/// threads.
public final class HistoryImport {
  private final Requests requests;
  private final LimitsConfig limits;

  /// @param limits bound each message as they bound what is sent
  public HistoryImport(Requests requests, LimitsConfig limits) {
    this.requests = requests;
    this.limits = limits;
  }

  /// Creates the group of `body`, or finds the one that has its key; throws [RequestRefused] when
  /// it can't be.
  public ServerFrame group(JsonObject body) {
    return requests.importGroup(GivenGroup.read(body, limits)).build();
  }

  /// Stores what of the batch is new; throws [RequestRefused] that names the first message that
  /// can't be, when nothing is stored.
  public JsonObject add(ConversationId conversation, JsonObject body) {
    List<PastMessage> batch = batch(conversation, body.getJsonArray("messages"));
    return switch (requests.past().add(conversation, batch, body.getBoolean("read", true))) {
      case ImportResult.Imported(var places) -> told(conversation, batch, places);
      case ImportResult.NoConversation _ -> throw RequestRefused.noConversation();
      case ImportResult.Refused(int index, var reason) -> throw refusal(index, reason);
    };
  }

  private List<PastMessage> batch(ConversationId conversation, JsonArray given) {
    List<PastMessage> batch = new ArrayList<>();
    Set<PastMessage.Name> names = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      PastMessage read = read(i, conversation, given.getJsonObject(i));
      if (!names.add(read.name())) {
        throw invalid(i, "clientMessageId: twice in the batch (expected: a new one of the sender)");
      }
      batch.add(read);
    }
    return batch;
  }

  // Says of whatever is wrong with a message which one it is.
  private PastMessage read(int index, ConversationId conversation, JsonObject given) {
    try {
      return GivenMessage.read(conversation, given, limits);
    } catch (RequestRefused refused) {
      throw RequestRefused.of(refused.code(), at(index) + refused.getMessage());
    }
  }

  private RequestRefused refusal(int index, ImportResult.Reason reason) {
    return switch (reason) {
      case OTHER_CONTENT ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_CONFLICT,
              at(index)
                  + "clientMessageId: taken by another message of the sender (expected: its own)");
      case TOO_LARGE ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_TOO_LARGE,
              at(index) + RequestRefused.tooLarge(limits).getMessage());
      case IN_THE_FUTURE ->
          invalid(
              index, "sentAtMs or editedAtMs: in the future (expected: a time that has passed)");
      case BEFORE_THE_NEWEST ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_CONFLICT,
              at(index)
                  + "sentAtMs: before the conversation's newest message (expected: not before it,"
                  + " for history comes first)");
      case OUT_OF_ORDER ->
          invalid(index, "sentAtMs: before the message before it (expected: in rising order)");
      case ANSWERS_NOTHING ->
          invalid(
              index,
              "replyTo or replyToMessage: no such message yet (expected: one of the conversation, or one"
                  + " before it in the batch)");
      case SENDER_ERASED ->
          RequestRefused.of(
              ErrorCode.ERROR_CODE_FORBIDDEN,
              at(index) + "senderId: erased since (expected: nothing of whoever was erased)");
    };
  }

  private static RequestRefused invalid(int index, String message) {
    return RequestRefused.invalid(at(index) + message);
  }

  // As the schema's own errors say it.
  private static String at(int index) {
    return "body/messages/" + index + ": ";
  }

  private static JsonObject told(
      ConversationId conversation, List<PastMessage> batch, List<ImportResult.Place> places) {
    JsonArray messages = new JsonArray();
    for (int i = 0; i < places.size(); i++) {
      ImportResult.Place place = places.get(i);
      messages.add(
          new JsonObject()
              .put("clientMessageId", batch.get(i).draft().clientMessageId().toString())
              .put("sequence", Long.toString(place.sequence()))
              .put("duplicate", place.duplicate()));
    }
    long duplicates = places.stream().filter(ImportResult.Place::duplicate).count();
    return new JsonObject()
        .put("conversationId", conversation.toString())
        .put("imported", places.size() - duplicates)
        .put("duplicates", duplicates)
        .put("messages", messages);
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tern.conversation.ConversationKind;

/// What the app's backend is asked about a candidate.
final class Question {
  private static final ObjectMapper JSON = new ObjectMapper();

  // What its sender says; the rest of a message is the server's.
  private static final List<String> HEADERS =
      List.of("mentions", "metadata", "replyTo", "forwarded", "countable", "silent", "urgent");

  private Question() {}

  /// The same for a repeat of the same candidate.
  static String id(Candidate it) {
    return "before_" + it.conversation() + "_" + it.edits() + "_" + it.id();
  }

  /// As JSON, with the content as it would be stored.
  static String body(Candidate it, ModeratedContent content, ConversationKind kind) {
    ObjectNode body = JSON.createObjectNode();
    body.put("type", it.isNew() ? "message.before_send" : "message.before_edit");
    body.put("timestamp", Instant.now().toString());
    ObjectNode data = body.putObject("data");
    data.put("conversationId", it.conversation().toString());
    data.put("conversationKind", "CONVERSATION_KIND_" + kind);
    data.put("senderId", it.sender().value());
    data.put("author", it.author().name().toLowerCase(Locale.ROOT));
    data.put(it.isNew() ? "clientMessageId" : "editId", it.id().toString());
    if (!it.isNew()) {
      data.put("sequence", Long.toString(it.edits()));
    }
    try {
      data.set("content", JSON.readTree(content.json()));
      JsonNode headers = JSON.readTree(content.headers());
      HEADERS.stream().filter(headers::has).forEach(name -> data.set(name, headers.get(name)));
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException _) {
      // Its message may quote the content.
      throw new IllegalStateException("content that is no JSON");
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// What the app's backend is asked about a candidate.
final class Question {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Question() {}

  /// The same for a repeat of the same candidate.
  static String id(Candidate it) {
    return "before_" + it.conversation() + "_" + it.edits() + "_" + it.id();
  }

  /// As JSON, with the content as it would be stored.
  static String body(Candidate it, ModeratedContent content) {
    ObjectNode body = JSON.createObjectNode();
    body.put("type", it.isNew() ? "message.before_send" : "message.before_edit");
    body.put("timestamp", Instant.now().toString());
    ObjectNode data = body.putObject("data");
    data.put("conversationId", it.conversation().toString());
    data.put("senderId", it.sender().value());
    data.put(it.isNew() ? "clientMessageId" : "editId", it.id().toString());
    if (!it.isNew()) {
      data.put("sequence", Long.toString(it.edits()));
    }
    try {
      data.set("content", JSON.readTree(content.json()));
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException _) {
      // Its message may quote the content.
      throw new IllegalStateException("content that is no JSON");
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.moderation;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;
import tern.gateway.request.RequestRefused;
import tern.id.ConversationId;
import tern.retention.Retention;
import tern.retention.RetentionRule;
import tern.store.Database;

/// For how long single conversations keep their messages. Blocks; for virtual threads.
public final class RetentionRules {
  private final Database database;

  /// Works on this database.
  public RetentionRules(Database database) {
    this.database = database;
  }

  /// What holds for a conversation.
  public JsonObject read(ConversationId id) {
    return told(id, Retention.read(database, id));
  }

  /// Gives a conversation the rule of `body`, or none of its own where that says nothing.
  public JsonObject set(ConversationId id, JsonObject body) {
    OptionalLong seconds =
        body.containsKey("seconds")
            ? OptionalLong.of(body.getLong("seconds"))
            : OptionalLong.empty();
    return told(id, Retention.set(database, id, seconds));
  }

  private static JsonObject told(ConversationId id, Optional<RetentionRule> rule) {
    RetentionRule it = rule.orElseThrow(RequestRefused::noConversation);
    JsonObject told =
        new JsonObject()
            .put("conversationId", id.toString())
            .put("firstSequence", Long.toString(it.firstSequence()));
    it.seconds().ifPresent(seconds -> told.put("seconds", seconds));
    return told;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.moderation;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.gateway.request.RequestRefused;
import tern.id.ConversationId;
import tern.push.ContentRules;
import tern.push.text.ContentLevel;

/// What pushes about single conversations may tell. Blocks; for virtual threads.
public final class PushRules {
  private final ContentRules contents;

  /// Works on these.
  public PushRules(ContentRules contents) {
    this.contents = contents;
  }

  /// What holds for a conversation.
  public JsonObject read(ConversationId id) {
    return told(id, contents.read(id));
  }

  /// Gives a conversation the rule of `body`, or none of its own where that says nothing.
  public JsonObject set(ConversationId id, JsonObject body) {
    @Nullable String content = body.getString("content");
    return told(id, contents.set(id, Optional.ofNullable(content).map(ContentLevel::of)));
  }

  private static JsonObject told(ConversationId id, Optional<ContentRules.Rule> rule) {
    JsonObject told = new JsonObject().put("conversationId", id.toString());
    rule.orElseThrow(RequestRefused::noConversation)
        .own()
        .ifPresent(content -> told.put("content", content.name().toLowerCase(Locale.ROOT)));
    return told;
  }
}

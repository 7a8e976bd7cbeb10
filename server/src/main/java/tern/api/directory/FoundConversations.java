// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.directory;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import tern.conversation.directory.Directory;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.ToWire;
import tern.gateway.socket.FrameCodec;
import tern.id.ConversationId;
import tern.store.Database;

/// The conversation of a key, or all of a user's. Blocks; for virtual threads.
public final class FoundConversations {
  private final Directory directory;

  /// Works on this database.
  public FoundConversations(Database database) {
    this.directory = new Directory(database);
  }

  /// A page of what is found, which is nothing where nobody knows the key or the user. Throws
  /// [RequestRefused] unless one of the two is given.
  ///
  /// @param key the app's own name of a conversation; empty for none
  /// @param userId whose conversations; empty for nobody's
  /// @param page as the page before told it; empty for the first
  public JsonObject find(String key, String userId, String page, int limit) {
    if (key.isEmpty() == userId.isEmpty()) {
      throw RequestRefused.invalid(
          "key, userId: " + (key.isEmpty() ? "neither" : "both") + " (expected: one of them)");
    }
    if (userId.isEmpty()) {
      return told(directory.withKey(FromWire.key(key)).stream().toList(), "");
    }
    Optional<ConversationId> after =
        page.isEmpty() ? Optional.empty() : Optional.of(FromWire.conversation(page));
    List<Directory.Entry> found = directory.of(FromWire.user(userId), after, limit + 1);
    if (found.size() <= limit) {
      return told(found, "");
    }
    List<Directory.Entry> shown = found.subList(0, limit);
    return told(shown, shown.getLast().conversation().id().toString());
  }

  private static JsonObject told(List<Directory.Entry> found, String nextPage) {
    JsonArray told = new JsonArray();
    found.forEach(it -> told.add(told(it)));
    return new JsonObject().put("conversations", told).put("nextPage", nextPage);
  }

  private static JsonObject told(Directory.Entry it) {
    return new JsonObject()
        .put(
            "conversation", new JsonObject(FrameCodec.json(ToWire.conversation(it.conversation()))))
        .put("activeAtMs", Long.toString(it.activeAt().toEpochMilli()));
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import tern.id.ConversationId;
import tern.push.JsonText;
import tern.push.Push;

/// What a service worker is told, as JSON: see README, "What a service worker gets".
///
///     {"title": "Alice", "body": "Hello", "badge": 3, "tag": "6f1c…", "conversation": "6f1c…",
///      "sequence": 43, "link": "https://…", "image": "https://…", "silent": true, "urgent": true}
///     {"clear": true, "badge": 0, "tag": "6f1c…", "conversation": "6f1c…", "sequence": 43}
final class WebPushPayload {
  // A banner of several conversations takes the place of the one before, too.
  private static final String SUMMARY = "summary";
  // RFC 8030, 5.4: at most 32 of the URL-safe base64 alphabet.
  private static final int TOPIC_CHARS = 32;

  private WebPushPayload() {}

  /// At most [WebPushEncryption#MAX_BYTES] of UTF-8: what is too long goes without its picture,
  /// then without its link, and then the text is cut.
  static byte[] of(Push push) {
    JsonObject json =
        switch (push.payload()) {
          case Push.Banner banner -> banner(push, banner);
          case Push.Clear() -> json(push).put("clear", true);
        };
    return json.encode().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject json(Push push) {
    JsonObject json = new JsonObject().put("badge", push.badge()).put("tag", tag(push));
    push.conversation()
        .ifPresent(it -> json.put("conversation", it.toString()).put("sequence", push.sequence()));
    return json;
  }

  private static String tag(Push push) {
    return push.conversation().map(ConversationId::toString).orElse(SUMMARY);
  }

  private static JsonObject banner(Push push, Push.Banner banner) {
    JsonObject json = json(push).put("title", banner.title()).put("body", "");
    if (!banner.isAudible()) {
      json.put("silent", true);
    }
    if (banner.isUrgent()) {
      json.put("urgent", true);
    }
    // What is left of the link and the picture must leave the text some room.
    int spare = WebPushEncryption.MAX_BYTES / 2;
    put(json, "link", banner.link(), spare);
    put(json, "image", banner.image(), spare);
    int room = WebPushEncryption.MAX_BYTES - size(json);
    return json.put("body", JsonText.cut(banner.text(), room));
  }

  private static void put(JsonObject json, String name, Optional<String> value, int most) {
    value.ifPresent(
        it -> {
          json.put(name, it);
          if (size(json) > most) {
            json.remove(name);
          }
        });
  }

  private static int size(JsonObject json) {
    return json.encode().getBytes(StandardCharsets.UTF_8).length;
  }

  /// By which a push service lets a newer push take the place of one that waits. Tells it no more
  /// of the conversation than that it is the same.
  static String topic(Push push) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(tag(push).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, TOPIC_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

import java.util.Optional;
import tern.id.ConversationId;
import tern.push.JsonText;
import tern.push.Push;

/// A push as the JSON that Apple's service takes.
///
///     {"aps": {"badge": 3, "sound": "default", "thread-id": "0b6e2f5c-…", "category": "MESSAGE",
///              "mutable-content": 1, "alert": {"title": "Alice", "body": "On my way"}},
///      "tern": {"conversation": "0b6e2f5c-…", "sequence": 41, "link": "https://…"}}
///     {"aps": {"badge": 0, "content-available": 1}, "tern": {"clear": "0b6e2f5c-…"}}
///
/// See "Generating a remote notification" in Apple's UserNotifications documentation.
final class ApnsPayload {
  /// What Apple takes.
  static final int MAX_BYTES = 4_096;

  /// What the iOS app registers its actions for.
  static final String CATEGORY = "MESSAGE";

  // 1,000 characters of text are what is left last: these must leave room for some of them.
  private static final int MAX_TITLE_BYTES = 800;
  private static final int MAX_ADDRESS_BYTES = 1_024;
  private static final int TYPICAL_CHARS = 512;

  private ApnsPayload() {}

  static String of(Push push) {
    return switch (push.payload()) {
      case Push.Banner banner -> banner(push, banner);
      case Push.Clear _ -> clear(push);
    };
  }

  private static String banner(Push push, Push.Banner banner) {
    StringBuilder json = new StringBuilder(TYPICAL_CHARS);
    json.append("{\"aps\":{\"badge\":").append(push.badge());
    if (banner.isAudible()) {
      json.append(",\"sound\":\"default\"");
    }
    interruption(banner).ifPresent(it -> put(json, "interruption-level", it));
    push.conversation().ifPresent(it -> put(json, "thread-id", it.toString()));
    put(json, "category", CATEGORY);
    json.append(",\"mutable-content\":1,\"alert\":{\"title\":");
    JsonText.quote(json, JsonText.cut(banner.title(), MAX_TITLE_BYTES));
    json.append(",\"body\":");
    String rest = afterBody(push, banner);
    int room = MAX_BYTES - JsonText.bytes(json) - JsonText.bytes(rest) - "\"\"".length();
    JsonText.quote(json, JsonText.cut(banner.text(), room));
    return json.append(rest).toString();
  }

  // Passive: into the list, without lighting the screen. Time-sensitive: through a Focus, if the
  // app has the entitlement. Anything else is what Apple does by itself.
  private static Optional<String> interruption(Push.Banner banner) {
    if (!banner.isAudible()) {
      return Optional.of("passive");
    }
    return banner.isUrgent() ? Optional.of("time-sensitive") : Optional.empty();
  }

  private static String afterBody(Push push, Push.Banner banner) {
    StringBuilder json = new StringBuilder("}},\"tern\":{\"sequence\":").append(push.sequence());
    push.conversation().ifPresent(it -> put(json, "conversation", it.toString()));
    banner.link().filter(ApnsPayload::fits).ifPresent(it -> put(json, "link", it));
    banner.image().filter(ApnsPayload::fits).ifPresent(it -> put(json, "image", it));
    return json.append("}}").toString();
  }

  // Half an address is of no use.
  private static boolean fits(String address) {
    return JsonText.quotedBytes(address) <= MAX_ADDRESS_BYTES;
  }

  private static String clear(Push push) {
    StringBuilder json = new StringBuilder("{\"aps\":{\"badge\":").append(push.badge());
    json.append(",\"content-available\":1},\"tern\":{\"clear\":");
    JsonText.quote(json, push.conversation().map(ConversationId::toString).orElse(""));
    return json.append("}}").toString();
  }

  private static void put(StringBuilder json, String name, String value) {
    json.append(",\"").append(name).append("\":");
    JsonText.quote(json, value);
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.AndroidNotification;
import com.google.firebase.messaging.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tern.id.ConversationId;
import tern.push.JsonText;
import tern.push.Push;

/// A push as the message that Firebase takes: a notification that Android shows by itself while the
/// app is away, and `tern` among the data, from which the app makes its own when it is not.
///
///     {"conversation": "0b6e2f5c-…", "sequence": 41, "badge": 3, "link": "https://…",
///      "lines": [{"sender": "Alice", "text": "On my way", "at": 1767225600000}]}
///     {"clear": "0b6e2f5c-…", "badge": 0}
///
/// There is no collapse key: a device has four of them, and more conversations. A newer banner
/// takes the older one's place by its tag.
final class FcmMessage {
  /// What Google takes, of all texts together.
  static final int MAX_BYTES = 4_096;

  /// The name of what the app reads.
  static final String KEY = "tern";

  /// Android's notification channels, which the app creates.
  static final String AUDIBLE_CHANNEL = "messages";

  static final String SILENT_CHANNEL = "messages_silent";

  // Beside the texts: the fields' names, tag and channel.
  private static final int FRAME_BYTES = 256;
  private static final int MAX_TITLE_BYTES = 600;
  private static final int MAX_TEXT_BYTES = 1_000;
  private static final int MAX_ADDRESS_BYTES = 1_000;
  private static final int MAX_SENDER_BYTES = 100;
  private static final int MAX_LINE_BYTES = 400;
  private static final int TYPICAL_CHARS = 512;
  private static final String SUMMARY = "tern-summary";
  private static final Duration LONGEST = Duration.ofDays(28);

  private FcmMessage() {}

  /// The message, but for whom it is.
  static Message.Builder of(Push push, Instant now) {
    AndroidConfig.Builder android = AndroidConfig.builder().setTtl(ttl(push, now).toMillis());
    Message.Builder message = Message.builder();
    switch (push.payload()) {
      case Push.Banner banner -> {
        String title = JsonText.cut(banner.title(), MAX_TITLE_BYTES);
        String text = JsonText.cut(banner.text(), MAX_TEXT_BYTES);
        android
            .setPriority(
                banner.isAudible() ? AndroidConfig.Priority.HIGH : AndroidConfig.Priority.NORMAL)
            .setNotification(notification(push, banner, title, text));
        int taken = FRAME_BYTES + JsonText.quotedBytes(title) + JsonText.quotedBytes(text);
        message.putData(KEY, banner(push, banner, MAX_BYTES - taken));
      }
      case Push.Clear _ -> {
        android.setPriority(AndroidConfig.Priority.NORMAL);
        message.putData(KEY, clear(push));
      }
    }
    return message.setAndroidConfig(android.build());
  }

  private static Duration ttl(Push push, Instant now) {
    Duration left = Duration.between(now, push.expiresAt());
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(LONGEST) > 0 ? LONGEST : left;
  }

  private static AndroidNotification notification(
      Push push, Push.Banner banner, String title, String text) {
    AndroidNotification.Builder notification =
        AndroidNotification.builder()
            .setTitle(title)
            .setBody(text)
            .setTag(push.conversation().map(ConversationId::toString).orElse(SUMMARY))
            .setChannelId(banner.isAudible() ? AUDIBLE_CHANNEL : SILENT_CHANNEL)
            .setNotificationCount(push.badge());
    banner.image().filter(FcmMessage::fits).ifPresent(notification::setImage);
    return notification.build();
  }

  private static String banner(Push push, Push.Banner banner, int room) {
    StringBuilder json = new StringBuilder(TYPICAL_CHARS);
    json.append("{\"sequence\":").append(push.sequence());
    json.append(",\"badge\":").append(push.badge());
    push.conversation().ifPresent(it -> put(json, "conversation", it.toString()));
    banner.link().filter(FcmMessage::fits).ifPresent(it -> put(json, "link", it));
    int image = banner.image().filter(FcmMessage::fits).map(JsonText::quotedBytes).orElse(0);
    putLines(json, banner.lines(), room - image - JsonText.bytes(json));
    return json.append('}').toString();
  }

  // The newest that fit, for the banner shows those first; the oldest of them first again.
  private static void putLines(StringBuilder json, List<Push.Line> lines, int room) {
    StringBuilder kept = new StringBuilder();
    int left = room - ",\"lines\":[]}".length();
    for (Push.Line line : lines.reversed()) {
      String one = line(line);
      left -= JsonText.bytes(one) + 1;
      if (left < 0) {
        break;
      }
      kept.insert(0, kept.isEmpty() ? one : one + ",");
    }
    if (!kept.isEmpty()) {
      json.append(",\"lines\":[").append(kept).append(']');
    }
  }

  private static String line(Push.Line line) {
    StringBuilder json = new StringBuilder("{\"at\":").append(line.at().toEpochMilli());
    put(json, "sender", JsonText.cut(line.sender(), MAX_SENDER_BYTES));
    put(json, "text", JsonText.cut(line.text(), MAX_LINE_BYTES));
    return json.append('}').toString();
  }

  // Half an address is of no use.
  private static boolean fits(String address) {
    return JsonText.quotedBytes(address) <= MAX_ADDRESS_BYTES;
  }

  private static String clear(Push push) {
    StringBuilder json = new StringBuilder("{\"badge\":").append(push.badge());
    put(json, "clear", push.conversation().map(ConversationId::toString).orElse(""));
    return json.append('}').toString();
  }

  private static void put(StringBuilder json, String name, String value) {
    json.append(",\"").append(name).append("\":");
    JsonText.quote(json, value);
  }
}

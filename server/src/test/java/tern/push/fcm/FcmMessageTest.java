// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.json.gson.GsonFactory;
import com.google.firebase.messaging.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.device.PushRegistration;
import tern.push.JsonText;
import tern.push.Push;
import tern.push.SamplePushes;

/// What Google is sent.
final class FcmMessageTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final PushRegistration TABLET =
      new PushRegistration.FcmInstallation("an-installation");
  private static final String CONVERSATION = SamplePushes.CONVERSATION.toString();

  private static JsonObject message(Push.Payload payload, Duration life) throws IOException {
    Push push =
        new Push(TABLET, Optional.of(SamplePushes.CONVERSATION), 41, 3, NOW.plus(life), payload);
    Message message = FcmMessage.of(push, NOW).setFid("an-installation").build();
    return new JsonObject(GsonFactory.getDefaultInstance().toString(message));
  }

  private static JsonObject message(Push.Payload payload) throws IOException {
    return message(payload, Duration.ofHours(1));
  }

  private static JsonObject tern(JsonObject message) {
    return new JsonObject(message.getJsonObject("data").getString("tern"));
  }

  private static Push.Banner banner(boolean isAudible, List<Push.Line> lines) {
    return new Push.Banner(
        "Alice",
        "On my way",
        isAudible,
        false,
        Optional.of("https://img.example/1.png"),
        Optional.of("https://app.example/c/1"),
        lines);
  }

  @Test
  void audibleBannerIsANotificationOfItsConversation() throws IOException {
    JsonObject android = message(banner(true, List.of())).getJsonObject("android");

    assertThat(android)
        .isEqualTo(
            new JsonObject()
                .put("priority", "high")
                .put("ttl", "3600s")
                .put(
                    "notification",
                    new JsonObject()
                        .put("title", "Alice")
                        .put("body", "On my way")
                        .put("tag", CONVERSATION)
                        .put("channel_id", "messages")
                        .put("image", "https://img.example/1.png")
                        .put("notification_count", 3)));
  }

  @Test
  void replacementIsQuiet() throws IOException {
    JsonObject android = message(banner(false, List.of())).getJsonObject("android");

    assertThat(android.getString("priority")).isEqualTo("normal");
    assertThat(android.getJsonObject("notification").getString("channel_id"))
        .isEqualTo("messages_silent");
  }

  @Test
  void appGetsWhatItNeedsForItsOwn() throws IOException {
    List<Push.Line> lines =
        List.of(new Push.Line("Bob", "Where?", NOW), new Push.Line("Alice", "On my way", NOW));

    assertThat(tern(message(banner(true, lines))))
        .isEqualTo(
            new JsonObject()
                .put("conversation", CONVERSATION)
                .put("sequence", 41)
                .put("badge", 3)
                .put("link", "https://app.example/c/1")
                .put(
                    "lines",
                    new JsonArray().add(line("Bob", "Where?")).add(line("Alice", "On my way"))));
  }

  private static JsonObject line(String sender, String text) {
    return new JsonObject().put("sender", sender).put("text", text).put("at", NOW.toEpochMilli());
  }

  @Test
  void clearIsForTheAppAlone() throws IOException {
    JsonObject message = message(new Push.Clear());

    assertThat(message.getJsonObject("android"))
        .isEqualTo(new JsonObject().put("priority", "normal").put("ttl", "3600s"));
    assertThat(tern(message))
        .isEqualTo(new JsonObject().put("clear", CONVERSATION).put("badge", 3));
  }

  @Test
  void lifeIsWithinWhatGoogleTakes() throws IOException {
    assertThat(ttl(Duration.ofDays(99))).isEqualTo("2419200s");
    assertThat(ttl(Duration.ofSeconds(-5))).isEqualTo("0s");
  }

  private static String ttl(Duration life) throws IOException {
    return message(new Push.Clear(), life).getJsonObject("android").getString("ttl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ß", "語", "🐦", "\"", "\u0001"})
  void longestTextsFitWithTheNewestLines(String letter) throws IOException {
    int units = letter.length();
    List<Push.Line> lines =
        IntStream.range(0, 50)
            .mapToObj(it -> new Push.Line(letter.repeat(50 / units), it + letter.repeat(600), NOW))
            .toList();
    Push.Banner banner =
        new Push.Banner(
            letter.repeat(200 / units),
            letter.repeat(1_000 / units),
            true,
            true,
            Optional.of("https://img.example/" + "i".repeat(600)),
            Optional.of("https://app.example/" + "l".repeat(600)),
            lines);

    JsonObject message = message(banner);

    JsonArray kept = tern(message).getJsonArray("lines");
    assertThat(kept).isNotEmpty();
    assertThat(kept.getJsonObject(kept.size() - 1).getString("text")).startsWith("49");
    assertThat(textBytes(message)).isLessThanOrEqualTo(4_096);
  }

  private static int textBytes(JsonObject message) {
    JsonObject notification = message.getJsonObject("android").getJsonObject("notification");
    return JsonText.bytes("tern")
        + JsonText.bytes(message.getJsonObject("data").getString("tern"))
        + JsonText.bytes(notification.encode());
  }
}

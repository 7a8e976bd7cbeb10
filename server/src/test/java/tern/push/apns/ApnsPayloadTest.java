// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.device.PushRegistration;
import tern.push.Push;
import tern.push.SamplePushes;

/// What Apple is sent.
final class ApnsPayloadTest {
  private static final PushRegistration PHONE =
      new PushRegistration.Apns("a1b2c3", "com.example.app", false);
  private static final String CONVERSATION = SamplePushes.CONVERSATION.toString();

  private static JsonObject payload(Push.Payload payload) {
    return new JsonObject(ApnsPayload.of(SamplePushes.push(PHONE, payload)));
  }

  private static Push.Banner banner(boolean isAudible, boolean isUrgent) {
    return new Push.Banner(
        "Alice",
        "On \"my\" way",
        isAudible,
        isUrgent,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  @Test
  void audibleBannerSaysAllThatIosNeeds() {
    JsonObject aps =
        new JsonObject()
            .put("badge", 3)
            .put("sound", "default")
            .put("thread-id", CONVERSATION)
            .put("category", "MESSAGE")
            .put("mutable-content", 1)
            .put("alert", new JsonObject().put("title", "Alice").put("body", "On \"my\" way"));
    JsonObject tern = new JsonObject().put("conversation", CONVERSATION).put("sequence", 41);

    assertThat(payload(banner(true, false)))
        .isEqualTo(new JsonObject().put("aps", aps).put("tern", tern));
  }

  @Test
  void replacementIsQuiet() {
    JsonObject aps = payload(banner(false, true)).getJsonObject("aps");

    assertThat(aps.getString("interruption-level")).isEqualTo("passive");
    assertThat(aps.containsKey("sound")).isFalse();
  }

  @Test
  void urgentBannerIsTimeSensitive() {
    JsonObject aps = payload(banner(true, true)).getJsonObject("aps");

    assertThat(aps.getString("interruption-level")).isEqualTo("time-sensitive");
  }

  @Test
  void linkAndImageAreForTheApp() {
    Push.Banner banner =
        new Push.Banner(
            "Alice",
            "Look",
            true,
            false,
            Optional.of("https://img.example/1.png"),
            Optional.of("https://app.example/c/1"),
            List.of());

    JsonObject tern = payload(banner).getJsonObject("tern");

    assertThat(tern.getString("image")).isEqualTo("https://img.example/1.png");
    assertThat(tern.getString("link")).isEqualTo("https://app.example/c/1");
  }

  @Test
  void clearSetsTheBadgeAndWakesTheApp() {
    JsonObject aps = new JsonObject().put("badge", 3).put("content-available", 1);

    assertThat(payload(new Push.Clear()))
        .isEqualTo(
            new JsonObject()
                .put("aps", aps)
                .put("tern", new JsonObject().put("clear", CONVERSATION)));
  }

  @Test
  void summaryIsOfNoConversation() {
    Push push =
        new Push(
            PHONE, Optional.empty(), 0, 7, Instant.MAX, SamplePushes.banner("3 chats", "7 new"));

    JsonObject payload = new JsonObject(ApnsPayload.of(push));

    assertThat(payload.getJsonObject("aps").containsKey("thread-id")).isFalse();
    assertThat(payload.getJsonObject("tern").containsKey("conversation")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ß", "語", "🐦", "\"", "\u0001"})
  void longestTextsFit(String letter) {
    int units = letter.length();
    Push.Banner banner =
        new Push.Banner(
            letter.repeat(200 / units),
            letter.repeat(1_000 / units),
            true,
            true,
            Optional.of("https://img.example/" + "i".repeat(900)),
            Optional.of("https://app.example/" + "l".repeat(900)),
            List.of());

    String json = ApnsPayload.of(SamplePushes.push(PHONE, banner));

    assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4_096);
    String body =
        new JsonObject(json).getJsonObject("aps").getJsonObject("alert").getString("body");
    assertThat(body).startsWith(letter.repeat(100 / units));
  }

  @Test
  void addressThatLeavesNoRoomIsLeftOut() {
    Push.Banner banner =
        new Push.Banner(
            "Alice",
            "Look",
            true,
            false,
            Optional.of("https://img.example/" + "i".repeat(9_000)),
            Optional.of("https://app.example/" + "l".repeat(9_000)),
            List.of());

    assertThat(payload(banner).getJsonObject("tern").fieldNames())
        .containsOnly("conversation", "sequence");
  }
}

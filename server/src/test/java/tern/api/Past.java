// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What was said elsewhere, and a backend that imports it.
final class Past {
  /// When it began: new year's eve of 2018.
  static final long BEGAN_MS = 1_546_300_800_000L;

  private Past() {}

  /// A text that somebody sent so many milliseconds after it began.
  static JsonObject said(String sender, long afterMs, String text) {
    return RestClient.message(text).put("senderId", sender).put("sentAtMs", BEGAN_MS + afterMs);
  }

  /// So many texts of senders who take turns, a second apart; the first is `text 0`.
  static List<JsonObject> conversation(int count, String... senders) {
    return IntStream.range(0, count)
        .mapToObj(i -> said(senders[i % senders.length], i * 1_000L, "text " + i))
        .toList();
  }

  /// The same message as an answer to another.
  static JsonObject answering(JsonObject message, JsonObject answered) {
    return message
        .copy()
        .put(
            "replyToMessage",
            new JsonObject()
                .put("senderId", answered.getString("senderId"))
                .put("clientMessageId", answered.getString("clientMessageId")));
  }

  static JsonObject batch(List<JsonObject> messages) {
    return new JsonObject().put("messages", new JsonArray(new ArrayList<>(messages)));
  }

  static HttpResponse<String> ask(RestClient backend, String room, JsonObject batch) {
    return backend.post("/v1/conversations/" + room + "/import", batch);
  }

  /// Imports all of them; the answer.
  static JsonObject imported(RestClient backend, String room, JsonObject... messages) {
    return imported(backend, room, List.of(messages));
  }

  static JsonObject imported(RestClient backend, String room, List<JsonObject> messages) {
    HttpResponse<String> answer = ask(backend, room, batch(messages));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return RestClient.json(answer);
  }

  /// Where each message of an answer stands.
  static List<String> sequences(JsonObject answer) {
    return places(answer).map(it -> it.getString("sequence")).toList();
  }

  /// Which of them stood there before.
  static List<Boolean> duplicates(JsonObject answer) {
    return places(answer).map(it -> it.getBoolean("duplicate")).toList();
  }

  private static Stream<JsonObject> places(JsonObject answer) {
    return answer.getJsonArray("messages").stream().map(JsonObject.class::cast);
  }

  /// A new client message id.
  static String newId() {
    return UUID.randomUUID().toString();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.playground;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.TestNode;
import tern.UnrulyClient;

/// The demo gives a token to whoever asks for one properly.
@Tag("slow")
final class DemoTokenTest {
  @AutoClose private static final TestNode node = TestNode.start();

  private static HttpResponse<String> ask(String body) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/demo/token"))
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void tokenLetsItsUserIn() throws IOException, InterruptedException {
    JsonObject answer = new JsonObject(ask("{\"user_id\": \"alice\"}").body());

    try (UnrulyClient client =
        UnrulyClient.greeted(
            node, UnrulyClient.hello(answer.getString("access_token"), "browser", "tab"))) {
      assertThat(client.frame().getWelcome().getUserId()).isEqualTo("alice");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"user_id\": 7}",
        "{\"user_id\": null}",
        "{\"user_id\": \"a b\"}"
      })
  void improperRequestIsRefusedWithAReason(String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("error")).contains("expected");
  }

  @Test
  void largeBodyIsRefused() throws IOException, InterruptedException {
    var answer = ask("x".repeat(2_000));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("expected: at most 1024 bytes of JSON");
  }
}

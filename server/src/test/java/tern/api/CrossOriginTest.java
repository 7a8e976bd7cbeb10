// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestNode;

/// What browsers are told of REST, for pages that came from elsewhere.
@Tag("slow")
final class CrossOriginTest {
  private static final String LISTED = "https://app.example.com";
  private static final String FOREIGN = "https://evil.example";

  @AutoClose
  private static final TestNode NODE = TestNode.start(Map.of("TERN_HTTP_ORIGINS", LISTED));

  private final RestClient alice = RestClient.of(NODE, "alice");

  private HttpResponse<String> preflight(String origin) {
    return from(origin)
        .with("Access-Control-Request-Method", "POST")
        .with("Access-Control-Request-Headers", "authorization, idempotency-key")
        .ask("OPTIONS", "/v1/conversations", "");
  }

  private RestClient from(String origin) {
    return alice.with("Origin", origin);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  @Test
  void preflightOfAListedOriginIsAllowedWhatAppsSend() {
    HttpResponse<String> answer = preflight(LISTED);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "access-control-allow-origin")).isEqualTo(LISTED);
    assertThat(header(answer, "access-control-allow-methods")).contains("POST", "DELETE");
    assertThat(header(answer, "access-control-allow-headers"))
        .contains("authorization", "idempotency-key", "content-type", "if-none-match");
    assertThat(header(answer, "access-control-allow-credentials")).isEqualTo("none");
  }

  @Test
  void answerToAListedOriginMayBeReadErrorsToo() {
    for (String path : List.of("/v1/conversations", "/v1/nowhere")) {
      HttpResponse<String> answer = from(LISTED).get(path);

      assertThat(header(answer, "access-control-allow-origin")).as(path).isEqualTo(LISTED);
      assertThat(header(answer, "access-control-expose-headers")).contains("etag", "retry-after");
      assertThat(header(answer, "vary")).isEqualTo("origin");
    }
  }

  @Test
  void otherOriginsAreToldNothing() {
    for (HttpResponse<String> answer :
        List.of(
            preflight(FOREIGN),
            from(FOREIGN).get("/v1/conversations"),
            alice.get("/v1/conversations"))) {
      assertThat(header(answer, "access-control-allow-origin")).isEqualTo("none");
      assertThat(header(answer, "vary")).isEqualTo("origin");
    }
    assertThat(preflight(FOREIGN).statusCode()).isEqualTo(405);
  }
}

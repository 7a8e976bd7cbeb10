// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestNode;

/// What newcomers read: the file, and a page made of it.
@Tag("slow")
final class DocsTest {
  @AutoClose private static final TestNode NODE = TestNode.start();

  private final RestClient anybody = RestClient.of(NODE);

  @Test
  void theFileIsServedAsItIsUsed() {
    HttpResponse<String> file = anybody.get("/v1/openapi.yaml");

    assertThat(file.headers().firstValue("content-type")).hasValue("application/yaml");
    assertThat(file.body()).isEqualTo(Contract.load().text());
  }

  @Test
  void thePageShowsEachOperationAndLeadsNowhereElse() {
    HttpResponse<String> page = anybody.get("/docs");

    for (Operation operation : Operation.values()) {
      assertThat(page.body()).contains("id=\"" + operation.id() + "\"", operation.path());
    }
    Set<String> ids = found(page.body(), " id=\"([^\"]+)\"");
    Set<String> places = found(page.body(), "href=\"#([^\"]+)\"");
    assertThat(ids).containsAll(places);
    assertThat(found(page.body(), "(?:href|src)=\"([^#\"][^\"]*)\""))
        .containsExactlyInAnyOrder("/docs/style.css", "/v1/openapi.yaml");
    assertThat(anybody.get("/docs/style.css").statusCode()).isEqualTo(200);
  }

  private static Set<String> found(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult it) -> it.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void thePageRunsNoScriptAndTrustsNobody() {
    HttpResponse<String> page = anybody.get("/docs");

    String policy = page.headers().firstValue("content-security-policy").orElse("");
    assertThat(List.of(policy.split("; *", -1))).contains("default-src 'none'", "style-src 'self'");
    assertThat(page.body()).doesNotContain("<script", "style=");
  }
}

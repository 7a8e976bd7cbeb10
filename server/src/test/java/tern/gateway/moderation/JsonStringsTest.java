// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonStringsTest {
  private static final String DOCUMENT =
      """
      { "name" : "caf\\u00e9", "price": 1.50e0,"tags":[ "a\\"b", "🐦", true, null ],
        "name" : {"deep": "x"} }
      """;

  @Test
  void keysAndValuesAreReadAtAnyDepth() {
    JsonStrings read = JsonStrings.of(DOCUMENT);

    assertThat(read.keys()).containsExactly("name", "price", "tags", "name", "deep");
    assertThat(read.values()).containsExactly("café", "a\"b", "🐦", "x");
  }

  @Test
  void nothingButWhatIsExchangedChanges() {
    JsonStrings read = JsonStrings.of(DOCUMENT);

    assertThat(read.with(read.values())).isEqualTo(DOCUMENT);
    assertThat(read.with(List.of("café", "\"●\\", "🐦", "●\n")))
        .isEqualTo(DOCUMENT.replace("\"a\\\"b\"", "\"\\\"●\\\\\"").replace("\"x\"", "\"●\\n\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", " \"x\" ", "[\"x\"]"})
  void aDocumentMayBeAStringItself(String json) {
    assertThat(JsonStrings.of(json).with(List.of("●"))).isEqualTo(json.replace("x", "●"));
  }
}

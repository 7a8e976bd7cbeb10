// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Texts in JSON: what is written is read again, what is counted is what is written.
final class JsonTextTest {
  private static String quoted(String text) {
    StringBuilder json = new StringBuilder();
    JsonText.quote(json, text);
    return json.toString();
  }

  private static boolean isWhole(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Property
  void whatIsQuotedIsReadAgain(@ForAll String text) {
    String read = new JsonObject("{\"a\":" + quoted(text) + "}").getString("a");

    assertThat(isWhole(read)).isTrue();
    if (isWhole(text)) {
      assertThat(read).isEqualTo(text);
    }
  }

  @Property
  void bytesAreThoseThatAreSent(@ForAll String text) {
    String json = quoted(text);

    int sent = json.getBytes(StandardCharsets.UTF_8).length;
    assertThat(JsonText.quotedBytes(text)).isEqualTo(sent - 2);
    assertThat(JsonText.bytes(json)).isEqualTo(sent);
  }

  @Property
  void whatIsCutFitsAndIsABeginning(@ForAll String text, @ForAll @IntRange(max = 60) int bytes) {
    String cut = JsonText.cut(text, bytes);

    assertThat(JsonText.quotedBytes(cut)).isLessThanOrEqualTo(bytes);
    if (!cut.equals(text) && !cut.isEmpty()) {
      assertThat(cut).endsWith("…");
      assertThat(text).startsWith(cut.substring(0, cut.length() - 1));
    }
    if (JsonText.quotedBytes(text) <= bytes) {
      assertThat(cut).isEqualTo(text);
    }
  }

  @Test
  void pairIsNeverCutInTwo() {
    assertThat(JsonText.cut("ab🐦🐦", 9)).isEqualTo("ab🐦…");
    assertThat(JsonText.cut("ab🐦🐦", 8)).isEqualTo("ab…");
    assertThat(JsonText.cut("ab🐦🐦", 10)).isEqualTo("ab🐦🐦");
    assertThat(JsonText.cut("ab🐦", 2)).isEmpty();
  }
}

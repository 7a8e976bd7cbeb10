// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnTemplatesTest {
  private static final Happening TWO =
      new Happening(2, "Alice", false, "", new Gist.Words("x"), false);

  private static final String ENGLISH_REST =
      """
      in=in
      in.other=in
      summary={messages} {conversations}
      from=from {sender}
      mention=by {sender}
      mention.text=by {sender}: {text}
      said={sender}: {text}
      several={name} ({count})
      photo=a
      photo.other=a
      video=a
      video.other=a
      audio=a
      audio.other=a
      file=a
      file.other=a
      attachment=a
      attachment.other=a
      """;

  @TempDir private Path folder;

  private void file(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private String counted(String language) {
    return PushTexts.of(folder.toString()).of(language, ContentLevel.NONE, TWO).text();
  }

  @Test
  void appSaysItInItsOwnWordsAndTheRestInTerns() throws IOException {
    file("de.properties", "new=Post!\nnew.other={count} Briefe\n");

    assertThat(counted("de-AT")).isEqualTo("2 Briefe");
    assertThat(PushTexts.of(folder.toString()).summary("de", 2, 2).text())
        .isEqualTo("2 Briefe in 2 Unterhaltungen");
    assertThat(counted("en")).isEqualTo("2 new messages");
  }

  @Test
  void formsOfTernsOwnDoNotMixWithTheAppsForms() throws IOException {
    file("pl.properties", "new=Poczta\nnew.other=Poczta: {count}\n");

    assertThat(counted("pl")).isEqualTo("Poczta: 2");
  }

  @Test
  void appAddsALanguage() throws IOException {
    String counted = "new=Nová zpráva\nnew.few={count} nové zprávy\nnew.other={count} zpráv\n";
    file("cs.properties", counted + ENGLISH_REST);
    file("cs-CZ.properties", "new=Zpráva\nnew.other=Zprávy: {count}\n");

    assertThat(counted("cs")).isEqualTo("2 nové zprávy");
    assertThat(counted("cs-CZ")).isEqualTo("Zprávy: 2");
  }

  @Test
  void languageOfTheAppsMustBeWholeSoThatNoBannerIsInTwo() throws IOException {
    file("cs.properties", "new=Nová zpráva\nnew.other={count} zpráv\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PushTexts.of(folder.toString()))
        .withMessage(
            "push.templates: cs.properties: no in (expected: every key, for Tern lacks this"
                + " language)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de.properties | hello=x | de.properties: hello (expected: a key of",
        "de.properties | new={sender} | de.properties: new: {sender} (expected in braces: count)",
        "de.properties | from={sender | de.properties: from: a brace alone",
        "de.properties | new= | de.properties: new: 0 characters (expected: 1 to 200)",
        "de.properties | summary.few=x | summary.few (expected: a key of",
        "de.properties | new=\\u12 | de.properties: not readable",
        "de_AT.properties | new=x | de_AT.properties (expected: a language tag such as"
      })
  void whatIsWrongIsToldAtStart(String name, String line, String message) throws IOException {
    file(name, line);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PushTexts.of(folder.toString()))
        .withMessageStartingWith("push.templates: ")
        .withMessageContaining(message);
  }

  @Test
  void folderThatIsNotThereIsRefused() {
    String none = folder.resolve("none").toString();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PushTexts.of(none))
        .withMessage("push.templates: " + none + " (expected: a folder that can be read)");
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.push.text.ContentLevel.FULL;
import static tern.push.text.ContentLevel.NONE;
import static tern.push.text.ContentLevel.SENDER;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushTextsTest {
  private static final PushTexts TEXTS = PushTexts.shipped();
  private static final Gist HELLO = new Gist.Words("Hello there");

  private static Happening direct(int unread, Gist gist) {
    return new Happening(unread, "Alice", false, "", gist, false);
  }

  private static Happening group(int unread, Gist gist, boolean mentionsYou) {
    return new Happening(unread, "Alice", true, "Climbing", gist, mentionsYou);
  }

  private static PushText text(String title, String text) {
    return new PushText(title, text);
  }

  @Test
  void noLanguageLacksAnything() {
    assertThat(TEXTS.missing()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "en, 1, New message",
    "en, 3, 3 new messages",
    "en, 1000, 999+ new messages",
    "de-AT, 1, Neue Nachricht",
    "de-CH, 2, 2 neue Nachrichten",
    "fr-CA, 2, 2 nouveaux messages",
    "es-419, 2, 2 mensajes nuevos",
    "it, 2, 2 nuovi messaggi",
    "pt-BR, 2, 2 novas mensagens",
    "nl-BE, 2, 2 nieuwe berichten",
    "pl, 2, 2 nowe wiadomości",
    "pl, 5, 5 nowych wiadomości",
    "ru, 1, Новое сообщение",
    "ru, 21, 21 новое сообщение",
    "ru, 3, 3 новых сообщения",
    "ru, 11, 11 новых сообщений",
    "tr, 4, 4 yeni mesaj",
    "ar, 1, رسالة جديدة",
    "ar-EG, 2, رسالتان جديدتان",
    "ar, 5, 5 رسائل جديدة",
    "ar, 15, 15 رسالة جديدة",
    "ja-JP, 2, 新着メッセージ2件",
    "zh-CN, 2, 2 条新消息",
    "zh-TW, 2, 2 則新訊息",
    "zh-Hant-HK, 2, 2 則新訊息",
    "xx, 2, 2 new messages",
    "'', 2, 2 new messages",
    "not a language tag at all, 2, 2 new messages"
  })
  void withoutContentItIsCountedInTheLanguageOrTheClosestThatThereIs(
      String language, int unread, String expected) {
    assertThat(TEXTS.of(language, NONE, direct(unread, HELLO))).isEqualTo(text("", expected));
  }

  @Test
  void regionSaysWhatItHasForItselfAndLeavesTheRestToItsLanguage() {
    Gist files = new Gist.Files(0, 0, 0, 2, "");

    assertThat(TEXTS.of("pt-PT", FULL, direct(1, files)).text()).isEqualTo("2 ficheiros");
    assertThat(TEXTS.of("pt-BR", FULL, direct(1, files)).text()).isEqualTo("2 arquivos");
    assertThat(TEXTS.of("pt-PT", NONE, direct(2, files)).text()).isEqualTo("2 novas mensagens");
  }

  @Test
  void senderAndConversationAreNamedWhereOnlyTheyMayBe() {
    assertThat(TEXTS.of("en", SENDER, direct(1, HELLO))).isEqualTo(text("Alice", "New message"));
    assertThat(TEXTS.of("en", SENDER, direct(2, HELLO))).isEqualTo(text("Alice", "2 new messages"));
    assertThat(TEXTS.of("en", SENDER, group(1, HELLO, false)))
        .isEqualTo(text("Climbing", "New message from Alice"));
    assertThat(TEXTS.of("en", SENDER, group(2, HELLO, false)))
        .isEqualTo(text("Climbing", "2 new messages"));
    assertThat(TEXTS.of("en", SENDER, group(2, HELLO, true)))
        .isEqualTo(text("Climbing", "Alice mentioned you"));
  }

  @Test
  void whatIsSaidIsToldWhereItMayBe() {
    assertThat(TEXTS.of("en", FULL, direct(1, HELLO))).isEqualTo(text("Alice", "Hello there"));
    assertThat(TEXTS.of("en", FULL, direct(3, HELLO))).isEqualTo(text("Alice (3)", "Hello there"));
    assertThat(TEXTS.of("fr", FULL, group(1, HELLO, false)))
        .isEqualTo(text("Climbing", "Alice\u00A0: Hello there"));
    assertThat(TEXTS.of("de", FULL, group(4, HELLO, true)))
        .isEqualTo(text("Climbing (4)", "Alice hat dich erwähnt: Hello there"));
  }

  @Test
  void groupWithoutANameIsCalledByTheSender() {
    Happening nameless = new Happening(1, "Alice", true, "", HELLO, false);

    assertThat(TEXTS.of("en", SENDER, nameless)).isEqualTo(text("Alice", "New message"));
    assertThat(TEXTS.of("en", FULL, nameless)).isEqualTo(text("Alice", "Hello there"));
  }

  @Test
  void senderWhoseNameIsNotKnownIsLeftOut() {
    Happening unknown = new Happening(2, "", true, "Climbing", HELLO, true);

    assertThat(TEXTS.of("en", SENDER, unknown)).isEqualTo(text("Climbing", "2 new messages"));
    assertThat(TEXTS.of("en", FULL, unknown)).isEqualTo(text("Climbing (2)", "Hello there"));
  }

  @Test
  void filesAreCountedByTheirKindUnlessSomethingIsWrittenBesideThem() {
    assertThat(TEXTS.of("en", FULL, direct(1, new Gist.Files(1, 0, 0, 0, ""))).text())
        .isEqualTo("Photo");
    assertThat(TEXTS.of("ru", FULL, direct(1, new Gist.Files(0, 0, 0, 3, ""))).text())
        .isEqualTo("3 файла");
    assertThat(TEXTS.of("en", FULL, direct(1, new Gist.Files(1, 1, 0, 0, " "))).text())
        .isEqualTo("2 attachments");
    assertThat(TEXTS.of("en", FULL, direct(1, new Gist.Files(1, 0, 0, 0, "Sunset"))).text())
        .isEqualTo("Sunset");
  }

  @Test
  void whatCannotBePutIntoWordsIsAMessageOfItsSender() {
    assertThat(TEXTS.of("en", FULL, direct(1, new Gist.Unspoken())))
        .isEqualTo(text("Alice", "New message"));
  }

  @Test
  void encryptedMessageTellsNothingWhateverTheSettingSays() {
    assertThat(TEXTS.of("en", FULL, group(2, new Gist.Sealed(), true)))
        .isEqualTo(text("", "2 new messages"));
  }

  @ParameterizedTest
  @CsvSource({
    "en, 7, 3, 7 new messages in 3 conversations",
    "en, 1, 1, New message in 1 conversation",
    "de, 7, 3, 7 neue Nachrichten in 3 Unterhaltungen",
    "ru, 21, 21, 21 новое сообщение в 21 беседе",
    "tr, 7, 3, 3 sohbette 7 yeni mesaj",
    "ar, 2, 2, رسالتان جديدتان في محادثتين",
    "ja, 7, 3, 3件の会話に新着メッセージ7件"
  })
  void summaryCountsBoth(String language, int messages, int conversations, String expected) {
    assertThat(TEXTS.summary(language, messages, conversations)).isEqualTo(text("", expected));
  }

  @Test
  void nameOfTheOtherDirectionStandsByItself() {
    Happening hebrew = new Happening(1, "דנה", true, "Climbing", HELLO, true);

    assertThat(TEXTS.of("en", SENDER, hebrew).text()).isEqualTo("\u2068דנה\u2069 mentioned you");
    assertThat(TEXTS.of("ar", SENDER, group(1, HELLO, true)).text())
        .isEqualTo("إشارة إليك من \u2068Alice\u2069");
  }

  @Test
  void nameCannotTurnRoundWhatStandsBesideIt() {
    Happening turning = new Happening(1, "Al\u202Eice\u2069\u2066", true, "C", HELLO, true);

    assertThat(TEXTS.of("en", SENDER, turning).text()).isEqualTo("Alice mentioned you");
  }

  @Test
  void bracesInANameAreItsOwn() {
    Happening braces = new Happening(1, "{text} $1 \\", true, "C", HELLO, false);

    assertThat(TEXTS.of("en", FULL, braces).text()).isEqualTo("{text} $1 \\: Hello there");
  }

  @Test
  void linesBecomeOne() {
    Gist lines = new Gist.Words("\n one\r\n\ttwo\u2028 \u0000three\u0085");

    assertThat(TEXTS.of("en", FULL, direct(1, lines)).text()).isEqualTo("one two three");
  }

  @Test
  void textIsCutWhereAReaderSeesACharacterEnd() {
    String family = "👨‍👩‍👧";

    String cut = TEXTS.of("en", FULL, direct(1, new Gist.Words(family.repeat(200)))).text();

    assertThat(cut).hasSizeLessThanOrEqualTo(1_000).isEqualTo(family.repeat(124) + "…");
    assertThat(TEXTS.of("en", FULL, direct(1, new Gist.Words("a" + "\u0301".repeat(2_000)))).text())
        .hasSize(1_000);
  }
}

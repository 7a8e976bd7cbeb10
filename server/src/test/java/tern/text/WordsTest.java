// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {
  private static List<String> forms(String text) {
    return Words.of(text).stream().map(Word::form).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "ISTANBUL, istanbul",
    "İstanbul, istanbul",
    "ıstanbul, istanbul",
    "DIYARBAKIR, dıyarbakır",
    "café, CAFE\u0301",
    "Straße, STRASSE",
    "Ὀδυσσεύς, ΟΔΥΣΣΕΥΣ",
    "Ёлка, елка",
    "ﬁne, fine",
    "ＡＢＣ１２, abc12",
    "Łódź, lodz",
    "كِتَابٌ, كتاب",
    "أحمد, احمد",
    "إسلام, اسلام",
    "آمال, امال",
    "مدرسة, مدرسه",
    "مستشفى, مستشفي",
    "مسؤول, مسوول",
    "محـــمد, محمد",
    "۱۲۳, 123",
    "שָׁלוֹם, שלום",
    "ｶﾞｷﾞ, ガギ",
    "👍🏽, 👍",
    "❤️, ❤",
    "sp\u00ADa\u200Bm, spam"
  })
  void twoWaysToWriteAWordAreOne(String one, String other) {
    assertThat(FoldedText.of(one).text()).isEqualTo(FoldedText.of(other).text());
  }

  @Test
  void wordsArePartedByWhatIsNeitherLetterNorDigit() {
    assertThat(forms("Grandpa's 3 books, e-mail:a_b!"))
        .containsExactly("grandpa", "s", "3", "books", "e", "mail", "a", "b");
  }

  @Test
  void scriptsWithoutSpacesGivePairsAndTheirLast() {
    assertThat(forms("我爱北京 iPhone手机")).containsExactly("我爱", "爱北", "北京", "京", "iphone", "手机", "机");
  }

  @Test
  void theArabicArticleMayBeLeftOut() {
    assertThat(forms("الكِتاب")).containsExactly("الكتاب", "كتاب");
    assertThat(forms("الله")).containsExactly("الله");
  }

  @Test
  void eachEmojiAndEachFlagIsAWord() {
    assertThat(forms("ok👍🏽🇩🇪🇫🇷👨‍👩‍👧"))
        .containsExactly("ok", "👍", "🇩🇪", "🇫🇷", "👨", "👩", "👧");
  }

  @Test
  void placesAreThoseOfTheOriginal() {
    String text = "Ein Cafe\u0301 für كِتَابٌ";

    assertThat(Words.of(text).stream().map(it -> text.substring(it.start(), it.end())))
        .containsExactly("Ein", "Cafe\u0301", "für", "كِتَابٌ");
  }

  @Test
  void aWordOfAnyLengthIsCutAndAnyTextIsTaken() {
    assertThat(forms("x".repeat(150))).extracting(String::length).containsExactly(64, 64, 22);
    assertThat(forms("e" + "\u0301".repeat(5_000))).hasSizeLessThan(5);
    String all =
        IntStream.range(0, 0x30000)
            .mapToObj(it -> new String(Character.toChars(it)))
            .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
            .toString();
    assertThat(Words.of(all)).allSatisfy(it -> assertThat(it.form()).hasSizeBetween(1, 64));
  }
}

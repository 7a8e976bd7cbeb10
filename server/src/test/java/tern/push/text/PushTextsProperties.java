// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PushTextsProperties {
  private static final PushTexts TEXTS = PushTexts.shipped();
  // Of no template.
  private static final String MARK = "\u00FEQ\u00FE";

  @Property
  void nothingIsLongerThanABannerTakes(
      @ForAll("languages") String language,
      @ForAll ContentLevel level,
      @ForAll("happenings") Happening happening) {
    PushText text = TEXTS.of(language, level, happening);

    assertThat(text.title()).hasSizeLessThanOrEqualTo(200);
    assertThat(text.text()).isNotBlank().hasSizeLessThanOrEqualTo(1_000);
  }

  @Property
  void noCharacterIsBrokenAndNoneMovesTheLine(
      @ForAll("languages") String language,
      @ForAll ContentLevel level,
      @ForAll("happenings") Happening happening) {
    PushText text = TEXTS.of(language, level, happening);

    assertThat((text.title() + " " + text.text()).codePoints())
        .noneMatch(it -> it >= Character.MIN_SURROGATE && it <= Character.MAX_SURROGATE)
        .noneMatch(Character::isISOControl)
        .noneMatch(it -> it >= 0x202A && it <= 0x202E);
  }

  @Property
  void withoutContentThereIsNeitherSenderNorText(
      @ForAll("languages") String language, @ForAll("happenings") Happening happening) {
    Happening marked =
        new Happening(
            happening.unread(),
            MARK + happening.sender(),
            happening.isGroup(),
            MARK + happening.conversation(),
            new Gist.Words(MARK),
            happening.mentionsYou());

    PushText text = TEXTS.of(language, ContentLevel.NONE, marked);

    assertThat(text.title()).isEmpty();
    assertThat(text.text()).doesNotContain(MARK);
    assertThat(TEXTS.of(language, ContentLevel.SENDER, marked).toString()).doesNotContain(MARK);
    assertThat(TEXTS.of(language, ContentLevel.SENDER, onlyTextMarked(happening)).text())
        .doesNotContain(MARK);
  }

  private static Happening onlyTextMarked(Happening happening) {
    return new Happening(
        happening.unread(),
        "Alice",
        happening.isGroup(),
        "Climbing",
        new Gist.Words(MARK),
        happening.mentionsYou());
  }

  @Property
  void anythingIsALanguageTag(@ForAll String language, @ForAll @IntRange(min = 1) int count) {
    assertThat(TEXTS.summary(language, count, count).text()).isNotBlank();
  }

  @Provide
  Arbitrary<String> languages() {
    return Arbitraries.of(
        "en", "de-AT", "fr", "es", "it", "pt-PT", "nl", "pl", "ru", "tr", "ar", "ja", "zh-TW", "");
  }

  @Provide
  Arbitrary<Happening> happenings() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 2_000),
            texts(),
            Arbitraries.of(true, false),
            texts(),
            gists(),
            Arbitraries.of(true, false))
        .as(Happening::new);
  }

  private static Arbitrary<Gist> gists() {
    Arbitrary<Integer> count = Arbitraries.integers().between(0, 3);
    return Arbitraries.oneOf(
        texts().map(Gist.Words::new),
        Combinators.combine(count, count, count, count, texts()).as(Gist.Files::new),
        Arbitraries.of(new Gist.Unspoken(), new Gist.Sealed()));
  }

  // Halves of pairs, controls, marks without a letter, pictures of several code points, both
  // directions, and lengths around each bound.
  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars('a', ' ', '\n', '\u0000', '\uD83D', '\uDE00', '\u0301', '\u200D', '\u202E')
        .withChars('\u05D3', '\u0645', '\u2067', '\u2069', '{', '}', '\\', '$')
        .ofMaxLength(1_200);
  }
}

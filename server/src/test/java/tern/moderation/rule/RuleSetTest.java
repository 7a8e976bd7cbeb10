// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tern.id.ConversationId;
import tern.id.UserId;

@Tag("slow")
final class RuleSetTest {
  private static final UserId ALICE = new UserId("alice");
  // What takes time in proportion to its text is done by then on any machine, and nothing else is.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static Rule rule(RuleKind kind, RuleAction action, String... terms) {
    return new Rule("a-rule", kind, action, List.of(terms), 0, Duration.ZERO, "");
  }

  private static Rule flood(RuleKind kind, int count, Duration within) {
    return new Rule("a-rule", kind, RuleAction.REFUSE, List.of(), count, within, "");
  }

  private static Findings read(Rule rule, String text) {
    return RuleSet.of(List.of(rule)).read(Legible.of(List.of(text)), FloodWatch.Recent.NOTHING);
  }

  private static String masked(Rule rule, String text) {
    return read(rule, text).left().texts().getFirst();
  }

  private static boolean isRefused(Rule rule, String text) {
    return read(rule, text).refusedBy().isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "oh damn it, oh ●●●● it",
    "DAMN, ●●●●",
    "dämn, ●●●●",
    "ｄａｍｎ, ●●●●",
    "da\u200Bmn, ●●●●●",
    "goddamn, goddamn",
    "damnation, damnation",
    "bloody  HELL!, ●●●●●●●●●●●●!",
    "bloody good hell, bloody good hell",
    "你是笨蛋吗, 你是●●吗",
    "الكلب هنا, ●●●●● هنا",
    "🖕🏽, ●●"
  })
  void wordsAreMaskedHoweverTheyAreWritten(String text, String expected) {
    Rule rule = rule(RuleKind.WORDS, RuleAction.MASK, "damn", "Bloody hell", "笨蛋", "كلب", "🖕");

    assertThat(masked(rule, text)).isEqualTo(expected);
  }

  @Test
  void patternsAreReadInTheFoldedText() {
    Rule rule = rule(RuleKind.PATTERNS, RuleAction.MASK, "\\b\\d{4} ?\\d{4}\\b", "fr[e3]+ money");

    assertThat(masked(rule, "call ١٢٣٤ 5678 for FRÉE Money"))
        .isEqualTo("call ●●●●●●●●● for ●●●●●●●●●●");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a{1001}", "((a{100}){100}){100}", "\\p{Nothing}", "(?=a)"})
  void anExpressionThatIsNoneOrTooLargeIsRefused(String pattern) {
    assertThatThrownBy(() -> RuleSet.of(List.of(rule(RuleKind.PATTERNS, RuleAction.FLAG, pattern))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("terms: ");
  }

  @Test
  void noTextMakesAnExpressionSlow() {
    Rule rule = rule(RuleKind.PATTERNS, RuleAction.REFUSE, "(a+)+b", "(a|a)*c");

    assertThat(isRefused(rule, "a".repeat(2_000))).isFalse();
  }

  // Each find of it looks at all that follows.
  @Test
  void anExpressionThatLooksFarAheadAgainAndAgainIsSparedTheRest() {
    Rule rule = rule(RuleKind.PATTERNS, RuleAction.MASK, "x.*y|x");
    String text = "x".repeat(300_000);

    String left = assertTimeoutPreemptively(PATIENCE, () -> masked(rule, text));

    assertThat(left).isEqualTo("●".repeat(300_000));
    assertThat(masked(rule(RuleKind.PATTERNS, RuleAction.MASK, "x"), "xo".repeat(20_000)))
        .isEqualTo("●o".repeat(20_000));
  }

  @Test
  void noTextMakesLinksSlow() {
    String[] hosts =
        IntStream.range(0, 1_000).mapToObj(i -> "evil" + i + ".example").toArray(String[]::new);
    Rule rule = rule(RuleKind.LINKS_DENIED, RuleAction.REFUSE, hosts);

    boolean isMet =
        assertTimeoutPreemptively(
            PATIENCE,
            () ->
                isRefused(rule, "http://" + ".".repeat(1_000_000) + "x")
                    || isRefused(rule, "a.b ".repeat(200_000))
                    || isRefused(rule, "a.".repeat(200_000) + "b"));

    assertThat(isMet).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "see https://shop.example/a?b, false",
    "see https://www.shop.example, false",
    "see https://evil.example, true",
    "see HTTPS://EVIL.example, true",
    "https://shop.example@evil.example/, true",
    "https://evil.example\\@shop.example, true",
    "https://shop.example.evil.example, true",
    "https://notshop.example, true",
    "https://shöp.example, true",
    "www.evil.example, true",
    "evil.com, true",
    "Done.Next one, false",
    "version 1.2.3, false"
  })
  void onlyListedHostsMayBeLinkedTo(String text, boolean isRefused) {
    Rule rule = rule(RuleKind.LINKS_ALLOWED, RuleAction.REFUSE, "shop.example");

    assertThat(isRefused(rule, text)).isEqualTo(isRefused);
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example/x, true",
    "http://a.b.evil.example:8080/x, true",
    "http://ｅvil.example, true",
    "http://évil.example, true",
    "evil.example, true",
    "http://evil.example., true",
    "http://good.example/evil.example, false",
    "http://xevil.example, false"
  })
  void listedHostsMayNotBeLinkedTo(String text, boolean isRefused) {
    Rule rule = rule(RuleKind.LINKS_DENIED, RuleAction.REFUSE, "evil.example");

    assertThat(isRefused(rule, text)).isEqualTo(isRefused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://%s, look",
        "(https://%s)",
        "https://%s!",
        "https://%s; or",
        "*https://%s*",
        "[https://%s]",
        "<https://%s>",
        "\"https://%s\"",
        "'https://%s'",
        "“https://%s”",
        "«https://%s»",
        "https://%s、",
        "https://%s:",
        "https://%s:8080, or",
        "(see www.%s.)",
        "https://name,pass@%s,"
      })
  void punctuationBesideAHostIsNoneOfIt(String text) {
    Rule allowed = rule(RuleKind.LINKS_ALLOWED, RuleAction.REFUSE, "shop.example");
    Rule denied = rule(RuleKind.LINKS_DENIED, RuleAction.REFUSE, "evil.example");

    assertThat(isRefused(allowed, text.formatted("shop.example"))).isFalse();
    assertThat(isRefused(allowed, text.formatted("evil.example"))).isTrue();
    assertThat(isRefused(denied, text.formatted("evil.example"))).isTrue();
    assertThat(isRefused(denied, text.formatted("shop.example"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example,evil.example",
        "https://shop.example!.evil.example",
        "https://shop.example%2Eevil.example",
        "https://shop.example,@evil.example"
      })
  void whatABrowserReadsOnInAHostIsPartOfIt(String text) {
    assertThat(isRefused(rule(RuleKind.LINKS_ALLOWED, RuleAction.REFUSE, "shop.example"), text))
        .isTrue();
  }

  @Test
  void aCardsLinkThatCannotBeMaskedIsRefused() {
    RuleSet rules =
        RuleSet.of(List.of(rule(RuleKind.LINKS_DENIED, RuleAction.MASK, "evil.example")));

    Findings found =
        rules.read(
            new Legible(
                List.of("title"), List.of(), List.of(), List.of("https://evil.example/x.png")),
            FloodWatch.Recent.NOTHING);

    assertThat(found.refusedBy()).isPresent();
  }

  private static Findings readAside(Rule rule, String value, String name) {
    return RuleSet.of(List.of(rule))
        .read(
            new Legible(List.of("title"), List.of(value), List.of(name), List.of()),
            FloodWatch.Recent.NOTHING);
  }

  @Test
  void aTightMaskIsNeverLargerThanWhatItHides() {
    Rule rule = rule(RuleKind.WORDS, RuleAction.MASK, "damn", "笨蛋");

    assertThat(read(rule, "damn, 笨蛋!").tight().texts()).containsExactly("****, **!");
  }

  @Test
  void aValueIsMaskedAndANameThatCannotBeIsRefused() {
    Rule rule = rule(RuleKind.WORDS, RuleAction.MASK, "damn");

    assertThat(readAside(rule, "damn it", "key").left().values()).containsExactly("●●●● it");
    assertThat(readAside(rule, "damn it", "key").refusedBy()).isEmpty();
    assertThat(readAside(rule, "value", "damn").refusedBy()).isPresent();
  }

  @Test
  void valuesAndNamesAreNoLinks() {
    Rule rule = rule(RuleKind.LINKS_ALLOWED, RuleAction.REFUSE, "shop.example");

    assertThat(readAside(rule, "order.com", "version.com").isClean()).isTrue();
  }

  @Test
  void theSameTextSoOftenWithinSoLongIsAFlood() {
    AtomicLong now = new AtomicLong();
    FloodWatch watch = new FloodWatch(now::get);
    Rule rule = flood(RuleKind.SAME_TEXT, 3, Duration.ofSeconds(10));
    ConversationId room = new ConversationId(UUID.randomUUID());
    UUID repeated = UUID.randomUUID();

    assertThat(watch.note(ALICE, repeated, room, List.of("Buy!")).meets(rule)).isFalse();
    assertThat(watch.note(ALICE, repeated, room, List.of("Buy!")).meets(rule)).isFalse();
    assertThat(watch.note(ALICE, UUID.randomUUID(), room, List.of("buy!")).meets(rule)).isFalse();
    assertThat(watch.note(ALICE, UUID.randomUUID(), room, List.of("other")).meets(rule)).isFalse();
    assertThat(watch.note(ALICE, UUID.randomUUID(), room, List.of("BUY!")).meets(rule)).isTrue();
    now.addAndGet(Duration.ofSeconds(11).toNanos());
    assertThat(watch.note(ALICE, UUID.randomUUID(), room, List.of("buy!")).meets(rule)).isFalse();
  }

  @Test
  void aMessageThatIsRepeatedCountsAsOfWhenItWasSent() {
    AtomicLong now = new AtomicLong();
    FloodWatch watch = new FloodWatch(now::get);
    Rule rule = flood(RuleKind.SAME_TEXT, 3, Duration.ofSeconds(10));
    ConversationId room = new ConversationId(UUID.randomUUID());
    UUID first = UUID.randomUUID();
    watch.note(ALICE, first, room, List.of("Buy!"));
    watch.note(ALICE, UUID.randomUUID(), room, List.of("Buy!"));
    now.addAndGet(Duration.ofSeconds(5).toNanos());

    watch.undo(ALICE, watch.note(ALICE, first, room, List.of("Buy!")));

    FloodWatch.Recent third = watch.note(ALICE, UUID.randomUUID(), room, List.of("Buy!"));
    assertThat(third.meets(rule)).isTrue();
    watch.undo(ALICE, third);
    now.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(watch.note(ALICE, UUID.randomUUID(), room, List.of("Buy!")).meets(rule)).isFalse();
  }

  @Test
  void whatAMessageSaidBeforeAnEditCountsOnAndTheSameInItCountsOnce() {
    FloodWatch watch = new FloodWatch(() -> 0);
    Rule rule = flood(RuleKind.SAME_TEXT, 2, Duration.ofSeconds(10));
    ConversationId room = new ConversationId(UUID.randomUUID());
    UUID edited = UUID.randomUUID();

    assertThat(watch.note(ALICE, edited, room, List.of("Buy!")).meets(rule)).isFalse();
    assertThat(watch.note(ALICE, edited, room, List.of("harmless")).meets(rule)).isFalse();
    assertThat(watch.note(ALICE, edited, room, List.of("Buy!")).meets(rule)).isFalse();
    assertThat(watch.note(ALICE, edited, room, List.of("harmless")).meets(rule)).isFalse();
    assertThat(watch.note(ALICE, UUID.randomUUID(), room, List.of("Buy!")).meets(rule)).isTrue();
  }

  @Test
  void manyConversationsWithinSoLongAreAFlood() {
    FloodWatch watch = new FloodWatch(() -> 0);
    Rule rule = flood(RuleKind.MANY_CONVERSATIONS, 3, Duration.ofSeconds(10));

    for (int i = 1; i <= 4; i++) {
      ConversationId room = new ConversationId(UUID.randomUUID());
      boolean isMet = watch.note(ALICE, UUID.randomUUID(), room, List.of("text " + i)).meets(rule);
      assertThat(isMet).isEqualTo(i >= 3);
    }
  }

  @Test
  void aRuleThatCannotBeMeantIsRefused() {
    assertThatThrownBy(() -> rule(RuleKind.WORDS, RuleAction.FLAG))
        .hasMessage("terms: 0 (expected: 1 to 1000)");
    assertThatThrownBy(() -> flood(RuleKind.SAME_TEXT, 1, Duration.ofSeconds(1)))
        .hasMessage("count: 1 (expected: 2 to 50)");
    assertThatThrownBy(() -> flood(RuleKind.SAME_TEXT, 2, Duration.ofHours(2)))
        .hasMessage("withinSeconds: 7200 (expected: 1 to 3600)");
  }
}

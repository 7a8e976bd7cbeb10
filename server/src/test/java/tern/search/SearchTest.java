// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Accepted;
import tern.v1.Card;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.Custom;
import tern.v1.Encrypted;
import tern.v1.ErrorCode;
import tern.v1.Highlight;
import tern.v1.HistoryVisibility;
import tern.v1.SearchHit;
import tern.v1.SearchPage;
import tern.v1.ServerFrame;

/// Messages of one's own conversations are found by their words, and nothing else is.
@Tag("slow")
final class SearchTest {
  private static final List<String> LANGUAGES =
      List.of(
          "The quick Brown fox",
          "Un café à Málaga, déjà vu",
          "DIYARBAKIR ve İstanbul güzel şehirler",
          "ذَهَبَ أحمدُ إلى المَدْرَسَةِ ومعه الكتاب",
          "我昨天在北京大学学习",
          "東京タワーに行きました",
          "어제 서울에서 만났어요",
          "ขอบคุณมากครับ",
          "Happy birthday 🎉👍🏽",
          "Die Straße ist gesperrt");

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final TestClient ALICE = NODE.connect("alice");
  @AutoClose private static final TestClient BOB = NODE.connect("bob");
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static String languages = "";

  @BeforeAll
  static void speakAllLanguages() {
    languages = ALICE.createGroup("languages", "bob");
    LANGUAGES.forEach(it -> ALICE.say(languages, it));
    awaitIndexed();
  }

  // Everything that was sent so far.
  private static void awaitIndexed() {
    long last = SQL.number("select coalesce(max(group_no), 0) from intake");
    String room = ALICE.createGroup("marker");
    Accepted marker = ALICE.say(room, "marker");
    assertThat(marker.getSequence()).isPositive();
    Eventually.holds(
        "all is indexed, up to group " + last,
        Duration.ofSeconds(5),
        () ->
            SQL.number("select count(*) from search_entry where conversation_id = ?::uuid", room)
                == 1);
  }

  private static SearchPage ask(TestClient who, ClientFrame.Builder search) {
    ServerFrame answer = who.ask(search);
    assertThat(answer.hasSearchPage()).as(answer.toString()).isTrue();
    return answer.getSearchPage();
  }

  private static List<Long> found(TestClient who, String room, String query) {
    return sequences(ask(who, Requests.search(room, query)));
  }

  private static List<Long> sequences(SearchPage page) {
    return page.getHitsList().stream().map(SearchHit::getSequence).toList();
  }

  private static ErrorCode refusal(TestClient who, ClientFrame.Builder search) {
    return who.ask(search).getError().getCode();
  }

  private static void send(TestClient who, String room, Content.Builder content) {
    ClientFrame.Builder message = TestClient.message(room, "", UUID.randomUUID());
    message.getSendMessageBuilder().setContent(content);
    assertThat(who.ask(message).hasAccepted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "quick, 1",
    "BROWN quick, 1",
    "bro, 1",
    "cafe, 2",
    "MALAGA, 2",
    "déja, 2",
    "diyarbakır, 3",
    "diyarbakir, 3",
    "ISTANBUL, 3",
    "ıstanbul, 3",
    "istanbul, 3",
    "sehir, 3",
    "ذهب, 4",
    "احمد, 4",
    "أَحْمَد, 4",
    "مدرسه, 4",
    "المدرسة, 4",
    "كتاب, 4",
    "الى, 4",
    "北京, 5",
    "昨, 5",
    "北京大学, 5",
    "学习, 5",
    "習, ",
    "タワー, 6",
    "ﾀﾜｰ, 6",
    "東京, 6",
    "서울, 7",
    "คุณ, 8",
    "🎉, 9",
    "👍, 9",
    "👍🏿 birthday, 9",
    "STRASSE, 10",
    "straße, 10",
    "京北, ",
    "quick fox jumps, ",
    "'bro ', "
  })
  void wordsAreFoundInEveryLanguage(String query, Long sequence) {
    List<Long> expected = sequence == null ? List.of() : List.of(sequence);

    assertThat(found(ALICE, languages, query)).isEqualTo(expected);
  }

  @Test
  void whatWasFoundIsHighlighted() {
    SearchHit hit = ask(ALICE, Requests.search(languages, "كتاب احمد")).getHits(0);

    assertThat(hit.getHighlightsList().stream().map(it -> marked(hit, it)))
        .containsExactly("أحمدُ", "الكتاب");
    assertThat(hit.getSenderId()).isEqualTo("alice");
    assertThat(hit.getConversationId()).isEqualTo(languages);
  }

  private static String marked(SearchHit hit, Highlight it) {
    return hit.getSnippet().substring(it.getStart(), it.getStart() + it.getLength());
  }

  @Test
  void aLongTextIsCutAroundWhatWasFound() {
    String room = ALICE.createGroup("long");
    ALICE.say(room, "👍".repeat(300) + " the needle " + "é".repeat(500));
    awaitIndexed();

    SearchHit hit = ask(ALICE, Requests.search(room, "needle")).getHits(0);

    assertThat(hit.getSnippet()).hasSizeBetween(100, 160).startsWith("👍");
    assertThat(marked(hit, hit.getHighlights(0))).isEqualTo("needle");
  }

  @Test
  void cardsAreSearchedButNeitherCustomNorEncryptedContent() {
    String room = ALICE.createGroup("kinds");
    send(
        ALICE,
        room,
        Content.newBuilder().setCard(Card.newBuilder().setTitle("Invoice").setText("forty two")));
    send(
        ALICE,
        room,
        Content.newBuilder().setCustom(Custom.newBuilder().setType("a").setJson("\"invoice\"")));
    send(
        ALICE,
        room,
        Content.newBuilder()
            .setEncrypted(
                Encrypted.newBuilder()
                    .setScheme("invoice")
                    .setCiphertext(ByteString.copyFromUtf8("invoice"))));
    awaitIndexed();

    assertThat(found(ALICE, room, "invoice")).containsExactly(1L);
    assertThat(found(ALICE, room, "invoice forty")).containsExactly(1L);
  }

  @Test
  void anEditIsFoundByItsNewTextOnly() {
    String room = ALICE.createGroup("edited", "bob");
    ALICE.say(room, "walrus");
    awaitIndexed();

    ALICE.ask(Requests.edit(room, 1, UUID.randomUUID(), "penguin"));

    assertThat(found(ALICE, room, "walrus")).isEmpty();
    Eventually.holds(
        "found by the new text",
        Duration.ofSeconds(5),
        () -> found(ALICE, room, "penguin").equals(List.of(1L)));
    assertThat(found(ALICE, room, "walrus")).isEmpty();
  }

  @Test
  void aDeletedMessageLeavesTheIndexAtOnce() {
    String room = ALICE.createGroup("deleted");
    ALICE.say(room, "canary7");
    awaitIndexed();
    assertThat(found(ALICE, room, "canary7")).containsExactly(1L);

    ALICE.ask(Requests.delete(room, 1));

    assertThat(
            SQL.number("select count(*) from search_entry where conversation_id = ?::uuid", room))
        .isZero();
    assertThat(found(ALICE, room, "canary7")).isEmpty();
    awaitIndexed();
    assertThat(SQL.number("select count(*) from search_entry where tokens::text like '%canary7%'"))
        .isZero();
  }

  @Test
  void aReactionOrAPinLeavesAMessageFound() {
    String room = ALICE.openDirect("bob");
    ALICE.say(room, "ostrich");
    ALICE.ask(Requests.react(room, 1, "👍"));
    ALICE.ask(Requests.pin(room, 1));
    awaitIndexed();

    assertThat(found(BOB, room, "ostrich")).containsExactly(1L);
  }

  @Test
  void onlyWhatOneMaySeeIsFound() {
    String room =
        ALICE.createGroup("joined", HistoryVisibility.HISTORY_VISIBILITY_JOINED, List.of("eve"));
    ALICE.say(room, "kiwi before");
    ALICE.ask(Requests.add(room, List.of("bob")));
    Accepted after = ALICE.say(room, "kiwi after");
    awaitIndexed();

    assertThat(found(BOB, room, "kiwi")).containsExactly(after.getSequence());
    assertThat(sequences(ask(BOB, Requests.search("kiwi")))).containsExactly(after.getSequence());
    ALICE.ask(Requests.remove(room, List.of("bob")));
    assertThat(ask(BOB, Requests.search("kiwi")).getHitsList()).isEmpty();
    assertThat(refusal(BOB, Requests.search(room, "kiwi")))
        .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
  }

  @Test
  void pagesHoldAllHitsOfAllConversationsOnceNewestFirst() {
    String one = ALICE.createGroup("one");
    String other = ALICE.createGroup("other");
    for (int i = 0; i < 12; i++) {
      ALICE.say(i % 3 == 0 ? one : other, "pelican " + i);
    }
    awaitIndexed();

    ClientFrame.Builder search = Requests.search("pelican");
    search.getSearchBuilder().setLimit(5);
    SearchPage first = ask(ALICE, search);
    search.getSearchBuilder().setPage(first.getNextPage());
    SearchPage second = ask(ALICE, search);
    search.getSearchBuilder().setPage(second.getNextPage());
    SearchPage third = ask(ALICE, search);

    assertThat(List.of(first.getHitsCount(), second.getHitsCount(), third.getHitsCount()))
        .containsExactly(5, 5, 2);
    assertThat(third.getNextPage()).isEmpty();
    assertThat(third.getComplete()).isTrue();
    List<SearchHit> hits =
        List.of(first, second, third).stream().flatMap(it -> it.getHitsList().stream()).toList();
    assertThat(hits.stream().map(SearchHit::getSnippet))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(0, 11).mapToObj(i -> "pelican " + i).toList());
    // Two conversations may have said something in the same millisecond.
    assertThat(hits)
        .isSortedAccordingTo(Comparator.comparingLong(SearchHit::getCreatedAtMs).reversed());
  }

  @Test
  void senderAndTimeNarrowTheSearch() {
    String room = ALICE.createGroup("narrow", "bob");
    Accepted mine = ALICE.say(room, "heron");
    Eventually.passes(Duration.ofMillis(5));
    Accepted theirs = BOB.say(room, "heron");
    awaitIndexed();

    ClientFrame.Builder bySender = Requests.search(room, "heron");
    bySender.getSearchBuilder().setSenderId("bob");
    ClientFrame.Builder before = Requests.search(room, "heron");
    before.getSearchBuilder().setBeforeMs(theirs.getCreatedAtMs());
    ClientFrame.Builder after = Requests.search(room, "heron");
    after.getSearchBuilder().setAfterMs(theirs.getCreatedAtMs());

    assertThat(sequences(ask(ALICE, bySender))).containsExactly(theirs.getSequence());
    assertThat(sequences(ask(ALICE, before))).containsExactly(mine.getSequence());
    assertThat(sequences(ask(ALICE, after))).containsExactly(theirs.getSequence());
  }

  @Test
  void olderBlocksOfAConversationAreFoundToo() {
    String room = ALICE.createGroup("deep");
    SQL.run(
        """
        insert into message (conversation_id, sequence, revision, created_at, content_hash, sender,
          client_message_id, countable_through, body)
        select ?::uuid, n, n + 1, now() - interval '1 day' + n * interval '1 ms', 0, 'alice',
          gen_random_uuid(), n, case when n % 1500 = 7 then ? else ? end
        from generate_series(1, 4000) n
        """,
        room, TestSql.body("stork"), TestSql.body("filler"));
    SQL.run(
        "update conversation set last_sequence = 4000, revision = 4001 where id = ?::uuid", room);
    SQL.run("insert into search_backlog values (?::uuid, 4000)", room);

    Eventually.holds(
        "the backlog is worked off",
        Duration.ofSeconds(10),
        () -> found(ALICE, room, "stork").equals(List.of(3007L, 1507L, 7L)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "!?", "a b c d e f g h i j k l m n o p q", "a\0b"})
  void aQueryWithoutWordsOrWithTooManyIsRefused(String query) {
    assertThat(refusal(ALICE, Requests.search(query)))
        .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
  }

  @Test
  void aPageThatTernNeverGaveIsRefused() {
    ClientFrame.Builder search = Requests.search("heron");
    for (String page : List.of("x", "1~2~3", "9223372036854775807~" + languages + "~1")) {
      search.getSearchBuilder().setPage(page);
      assertThat(refusal(ALICE, search)).isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }
}

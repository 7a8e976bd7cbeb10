// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.quote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.CatchUpPage;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.HistoryPage;
import tern.v1.HistoryVisibility;
import tern.v1.Quote;
import tern.v1.ServerFrame;

/// A page tells how that begins which its messages answer and it does not hold.
@Tag("slow")
final class QuotesTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestClient alice = node.connect("alice");

  private static long answer(String conversation, long replyTo) {
    return answers(conversation, replyTo, UUID.randomUUID()).getAccepted().getSequence();
  }

  private static String said(String conversation, String... texts) {
    for (String text : texts) {
      alice.say(conversation, text);
    }
    return conversation;
  }

  private static HistoryPage last(TestClient reader, String conversation) {
    return reader.ask(Requests.before(conversation, 0, 1)).getHistoryPage();
  }

  private static Quote unavailable(long sequence) {
    return Quote.newBuilder().setSequence(sequence).setUnavailable(true).build();
  }

  @Test
  void quoteTellsHowItBeginsInEachKindOfPage() {
    String room = said(alice.openDirect("bob1"), "a".repeat(300), "between");
    long answer = answer(room, 1);
    alice.ask(Requests.pin(room, answer));

    HistoryPage history = last(alice, room);
    HistoryPage pinned = alice.ask(Requests.pinned(room, 0, 10)).getHistoryPage();
    CatchUpPage caughtUp = alice.catchUp(room, alice.position(3, 2)).getFirst();

    Quote expected =
        Quote.newBuilder()
            .setSequence(1)
            .setRevision(2)
            .setSenderId("alice")
            .setKind(Quote.Kind.KIND_TEXT)
            .setText("a".repeat(200))
            .setCut(true)
            .build();
    assertThat(history.getQuotesList()).containsExactly(expected);
    assertThat(pinned.getQuotesList()).containsExactly(expected);
    assertThat(caughtUp.getQuotesList()).containsExactly(expected);
  }

  private static ServerFrame answers(String conversation, long replyTo, UUID id) {
    ClientFrame.Builder request = TestClient.message(conversation, "answer", id);
    request.getSendMessageBuilder().setReplyTo(replyTo);
    return alice.ask(request);
  }

  @Test
  void whatHasNotBeenSaidIsNotAnswered() {
    String room = said(alice.openDirect("bob-ahead"), "one", "two");
    UUID id = UUID.randomUUID();

    ServerFrame ahead = answers(room, 3, id);
    ServerFrame sent = answers(room, 2, id);
    ServerFrame repeated = answers(room, 2, id);

    assertThat(ahead.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    assertThat(ahead.getError().getMessage())
        .isEqualTo("reply_to: 3 (expected: at most 2, the conversation's last message)");
    assertThat(sent.getAccepted().getSequence()).isEqualTo(3);
    assertThat(repeated.getAccepted().getDuplicate()).isTrue();
  }

  @Test
  void whatStandsOnThePageIsNotQuotedAndNothingTwice() {
    String room = said(alice.openDirect("bob2"), "one", "two", "three");
    for (long replyTo : List.of(2L, 1L, 2L, 3L, 4L)) {
      answer(room, replyTo);
    }

    HistoryPage whole = alice.ask(Requests.before(room, 0, 100)).getHistoryPage();
    HistoryPage five = alice.ask(Requests.before(room, 0, 5)).getHistoryPage();

    assertThat(whole.getQuotesCount()).isZero();
    assertThat(alice.catchUp(room, null).getFirst().getQuotesCount()).isZero();
    assertThat(five.getQuotesList()).extracting(Quote::getSequence).containsExactly(1L, 2L, 3L);
    assertThat(five.getQuotesList())
        .extracting(Quote::getText)
        .containsExactly("one", "two", "three");
  }

  @Test
  void quoteFollowsEditsAndDeletion() {
    String room = said(alice.openDirect("bob3"), "first wording");
    answer(room, 1);

    alice.ask(Requests.edit(room, 1, UUID.randomUUID(), "better wording"));
    Quote edited = last(alice, room).getQuotes(0);
    alice.ask(Requests.delete(room, 1));
    HistoryPage page = last(alice, room);
    Quote deleted = page.getQuotes(0);

    assertThat(edited.getText()).isEqualTo("better wording");
    assertThat(edited.getEditedAtMs()).isPositive();
    assertThat(edited.getRevision()).isEqualTo(4);
    assertThat(deleted.getDeletedAtMs()).isPositive();
    assertThat(deleted.getDeletedById()).isEqualTo("alice");
    assertThat(deleted.getText()).isEmpty();
    assertThat(deleted.getKind()).isEqualTo(Quote.Kind.KIND_UNSPECIFIED);
    assertThat(deleted.getRevision()).isEqualTo(page.getRevision()).isEqualTo(5);
  }

  @Test
  void whoJoinedLaterIsToldNothingOfWhatWasBefore() {
    String room = alice.createGroup("late", HistoryVisibility.HISTORY_VISIBILITY_JOINED, List.of());
    said(room, "before they came");
    alice.ask(Requests.add(room, List.of("carol")));
    alice.say(room, "since");
    answer(room, 1);

    try (TestClient carol = node.connect("carol")) {
      CatchUpPage opened = carol.catchUp(room, null).getFirst();

      assertThat(last(carol, room).getQuotesList()).containsExactly(unavailable(1));
      assertThat(opened.getQuotesList()).containsExactly(unavailable(1));
      assertThat(last(alice, room).getQuotes(0).getText()).isEqualTo("before they came");
    }
  }

  @Test
  void clearedHistoryIsNotQuotedToWhoClearedIt() {
    String room = said(alice.openDirect("bob4"), "cleared by one");
    try (TestClient bob = node.connect("bob4")) {
      bob.ask(PersonalRequests.clear(room));
      answer(room, 1);

      assertThat(last(bob, room).getQuotesList()).containsExactly(unavailable(1));
      assertThat(last(alice, room).getQuotes(0).getText()).isEqualTo("cleared by one");
    }
  }

  @Test
  void quotesAreAtMostAsManyAsThePagesMessages() {
    String room = alice.openDirect("bob6");
    for (int i = 0; i < 12; i++) {
      alice.say(room, "said " + i);
    }
    LongStream.rangeClosed(1, 12).forEach(sequence -> answer(room, sequence));

    HistoryPage page = alice.ask(Requests.before(room, 0, 10)).getHistoryPage();

    assertThat(page.getQuotesList())
        .extracting(Quote::getSequence)
        .containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
  }

  @Test
  void eachKindOfContentHasItsName() {
    String room = alice.openDirect("bob7");
    alice.ask(PersonalRequests.card(room, "yes", "no"));
    answer(room, 1);

    Quote quote = last(alice, room).getQuotes(0);

    assertThat(quote.getKind()).isEqualTo(Quote.Kind.KIND_CARD);
    assertThat(quote.getText()).isNotEmpty();
    assertThat(quote.getCut()).isFalse();
  }
}

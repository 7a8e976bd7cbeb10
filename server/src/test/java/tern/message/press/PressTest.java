// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.press;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ButtonPressed;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.Press;
import tern.v1.PressPage;
import tern.v1.ServerFrame;

/// A press of a card's button reaches the card's sender, once, and nobody else.
@Tag("slow")
final class PressTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static ButtonPressed pressed(TestClient client, ClientFrame.Builder request) {
    ServerFrame answer = client.ask(request);
    assertThat(answer.hasButtonPressed()).as(answer.toString()).isTrue();
    return answer.getButtonPressed();
  }

  private static ErrorCode refusal(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getError().getCode();
  }

  private static ClientFrame.Builder press(String room, String button) {
    return PersonalRequests.press(room, 1, button, UUID.randomUUID());
  }

  private static PressPage presses(TestClient client, String room, long after, int limit) {
    return client.ask(PersonalRequests.presses(room, 1, after, limit)).getPressPage();
  }

  @Test
  void senderIsToldLiveAndMayReadItLater() {
    try (TestClient bot = node.connect("bot1");
        TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = bot.createGroup("team", "alice1", "bob1");
      bot.ask(PersonalRequests.card(room, "yes", "no"));

      ButtonPressed answer = pressed(alice, press(room, "yes"));

      ButtonPressed news = bot.await(ServerFrame::hasButtonPressed).getButtonPressed();
      assertThat(news).isEqualTo(answer);
      assertThat(news.getPress().getUserId()).isEqualTo("alice1");
      assertThat(news.getPress().getValue()).isEqualTo("value of yes");
      assertThat(presses(bot, room, 0, 10).getPressesList()).containsExactly(answer.getPress());
      assertThat(refusal(bob, PersonalRequests.presses(room, 1, 0, 10)))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      Eventually.passes(Duration.ofMillis(200));
      assertThat(bob.heard()).noneMatch(ServerFrame::hasButtonPressed);
    }
  }

  @Test
  void repeatIsAnsweredWithTheFirstAndToldOnce() {
    try (TestClient bot = node.connect("bot2");
        TestClient alice = node.connect("alice2")) {
      String room = bot.openDirect("alice2");
      bot.ask(PersonalRequests.card(room, "yes", "no"));
      UUID id = UUID.randomUUID();

      ButtonPressed first = pressed(alice, PersonalRequests.press(room, 1, "yes", id));
      ButtonPressed repeat = pressed(alice, PersonalRequests.press(room, 1, "yes", id));

      assertThat(first.getDuplicate()).isFalse();
      assertThat(repeat.getDuplicate()).isTrue();
      assertThat(repeat.getPress()).isEqualTo(first.getPress());
      assertThat(presses(bot, room, 0, 10).getPressesCount()).isEqualTo(1);
      assertThat(refusal(alice, PersonalRequests.press(room, 1, "no", id)))
          .isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
      assertThat(pressed(alice, press(room, "yes")).getPress().getNumber()).isEqualTo(2);
    }
  }

  @Test
  void buttonForOnceTakesOnePressOfEachUser() {
    try (TestClient bot = node.connect("bot3");
        TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String room = bot.createGroup("vote", "alice3", "bob3");
      bot.ask(PersonalRequests.card(room, "yes-once", "no-once"));

      ButtonPressed first = pressed(alice, press(room, "yes-once"));
      ButtonPressed again = pressed(alice, press(room, "yes-once"));
      pressed(bob, press(room, "yes-once"));
      pressed(alice, press(room, "no-once"));

      assertThat(again.getDuplicate()).isTrue();
      assertThat(again.getPress()).isEqualTo(first.getPress());
      assertThat(presses(bot, room, 0, 10).getPressesList())
          .extracting(Press::getUserId)
          .containsExactly("alice3", "bob3", "alice3");
    }
  }

  @Test
  void buttonThatTheCardDoesNotHaveNowIsRefusedAndItsRepeatIsNot() {
    try (TestClient bot = node.connect("bot4");
        TestClient alice = node.connect("alice4")) {
      String room = bot.openDirect("alice4");
      bot.ask(PersonalRequests.card(room, "yes"));
      bot.say(room, "no card");
      UUID id = UUID.randomUUID();
      pressed(alice, PersonalRequests.press(room, 1, "yes", id));

      assertThat(refusal(alice, press(room, "maybe")))
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(refusal(alice, PersonalRequests.press(room, 2, "yes", UUID.randomUUID())))
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      bot.ask(Requests.edit(room, 1, UUID.randomUUID(), "closed"));

      assertThat(refusal(alice, press(room, "yes")))
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(pressed(alice, PersonalRequests.press(room, 1, "yes", id)).getDuplicate())
          .isTrue();
    }
  }

  @Test
  void deletedCardTakesNoPressAndItsPressesAreErased() {
    try (TestClient bot = node.connect("bot5");
        TestClient alice = node.connect("alice5")) {
      String room = bot.openDirect("alice5");
      bot.ask(PersonalRequests.card(room, "canary"));
      pressed(alice, press(room, "canary"));

      bot.ask(Requests.delete(room, 1));

      assertThat(refusal(alice, press(room, "canary"))).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(presses(bot, room, 0, 10).getPressesList()).isEmpty();
      assertThat(
              sql.number(
                  "select count(*) from button_press where conversation_id = ?",
                  UUID.fromString(room)))
          .isZero();
    }
  }

  @Test
  void pressesComeInPagesThatMissNone() {
    try (TestClient bot = node.connect("bot6");
        TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6")) {
      String room = bot.createGroup("team", "alice6", "bob6");
      bot.ask(PersonalRequests.card(room, "yes"));
      for (TestClient client : List.of(alice, bob, alice)) {
        pressed(client, press(room, "yes"));
      }

      PressPage first = presses(bot, room, 0, 2);
      PressPage second = presses(bot, room, 2, 2);

      assertThat(first.getPressesList()).extracting(Press::getNumber).containsExactly(1L, 2L);
      assertThat(first.getHasAfter()).isTrue();
      assertThat(second.getPressesList()).extracting(Press::getNumber).containsExactly(3L);
      assertThat(second.getHasAfter()).isFalse();
    }
  }

  @Test
  void userPressesACardAHundredTimesAtMost() {
    try (TestClient bot = node.connect("bot7");
        TestClient alice = node.connect("alice7")) {
      String room = bot.openDirect("alice7");
      bot.ask(PersonalRequests.card(room, "yes"));
      sql.run(
          """
          insert into button_press
          select ?::uuid, 1, i, 'alice7', 'yes', '', gen_random_uuid(), false, now()
          from generate_series(1, 100) i
          """,
          room);

      assertThat(refusal(alice, press(room, "yes"))).isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
    }
  }

  @Test
  void whoIsMutedAndWhoIsInAFrozenGroupPresses() {
    try (TestClient bot = node.connect("bot9");
        TestClient alice = node.connect("alice9")) {
      String room = bot.createGroup("team", "alice9");
      bot.ask(PersonalRequests.card(room, "yes"));
      bot.ask(Requests.mute(room, "alice9", 0));
      bot.ask(Requests.update(Requests.of(room).setFrozen(true)));

      assertThat(pressed(alice, press(room, "yes")).getPress().getNumber()).isEqualTo(1);
      assertThat(bot.await(ServerFrame::hasButtonPressed).getButtonPressed().getPress())
          .matches(it -> it.getUserId().equals("alice9"));
    }
  }

  @Test
  void senderWhoIsGoneHearsNothing() {
    try (TestClient bot = node.connect("bot8");
        TestClient alice = node.connect("alice8")) {
      String room = alice.createGroup("team", "bot8");
      bot.ask(PersonalRequests.card(room, "yes"));
      bot.ask(Requests.leave(room));

      pressed(alice, press(room, "yes"));

      Eventually.passes(Duration.ofMillis(200));
      assertThat(bot.heard()).noneMatch(ServerFrame::hasButtonPressed);
      assertThat(refusal(bot, PersonalRequests.presses(room, 1, 0, 10)))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;
import tern.v1.Role;
import tern.v1.ServerFrame;
import tern.v1.Typing;
import tern.v1.UpdateConversation;

/// Who hears that somebody types.
@Tag("slow")
final class TypingTest {
  private static final Duration MOMENT = Duration.ofMillis(300);

  @AutoClose private static final TestNode node = TestNode.start();

  @Test
  void onlyTheOthersHear() {
    try (TestClient alice = node.connect("alice1");
        TestClient tablet = TestClient.connect(node, "alice1", "tablet", "main");
        TestClient bob = node.connect("bob1");
        TestClient carol = node.connect("carol1")) {
      String room = alice.openDirect("bob1");

      alice.send(Requests.typing(room));
      Typing heard = bob.await(ServerFrame::hasTyping).getTyping();
      Eventually.passes(MOMENT);

      assertThat(heard.getUserId()).isEqualTo("alice1");
      assertThat(heard.getConversationId()).isEqualTo(room);
      assertThat(heard.getTyping()).isTrue();
      for (TestClient client : List.of(alice, tablet, carol)) {
        assertThat(client.heard()).noneMatch(ServerFrame::hasTyping);
      }
    }
  }

  @Test
  void whoTypesFasterThanPeopleDoIsNotPassedOn() {
    try (TestClient alice = node.connect("alice7");
        TestClient bob = node.connect("bob7")) {
      String room = alice.openDirect("bob7");
      int told = 60;

      for (int i = 0; i < told; i++) {
        alice.send(Requests.typing(room));
      }
      bob.await(ServerFrame::hasTyping);
      Eventually.passes(MOMENT);

      long heard = bob.heard().stream().filter(ServerFrame::hasTyping).count();
      assertThat(heard).isLessThan(told / 2L);
    }
  }

  @Test
  void whoIsNoMemberTypesToNobody() {
    try (TestClient alice = node.connect("alice2");
        TestClient mallory = node.connect("mallory2")) {
      String room = alice.openDirect("bob2");

      ServerFrame answer = mallory.ask(Requests.typing(room));
      Eventually.passes(MOMENT);

      assertThat(answer.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(alice.heard()).noneMatch(ServerFrame::hasTyping);
    }
  }

  @Test
  void whoWasRemovedNeitherTypesNorHears() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3");
        TestClient carol = node.connect("carol3")) {
      String room = alice.createGroup("hints", "bob3", "carol3");
      alice.send(Requests.typing(room));
      bob.await(ServerFrame::hasTyping);
      alice.ask(Requests.remove(room, List.of("bob3")));
      bob.await(frame -> frame.getInboxUpdate().toString().contains("removed: true"));

      alice.send(Requests.typing(room));
      carol.await(ServerFrame::hasTyping);
      carol.await(ServerFrame::hasTyping);

      assertThat(bob.ask(Requests.typing(room)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(bob.heard()).noneMatch(ServerFrame::hasTyping);
    }
  }

  @Test
  void whoIsMutedTypesToNobodyUntilTheMuteEnds() {
    try (TestClient alice = node.connect("alice5");
        TestClient bob = node.connect("bob5")) {
      String room = alice.createGroup("hints", "bob5");
      bob.send(Requests.typing(room));
      alice.await(ServerFrame::hasTyping);

      alice.ask(Requests.mute(room, "bob5", 0));
      bob.awaitChanges();
      int hint = bob.send(Requests.typing(room));
      Eventually.passes(MOMENT);

      assertThat(alice.heard()).noneMatch(ServerFrame::hasTyping);
      assertThat(bob.heard()).noneMatch(frame -> frame.getId() == hint);
      alice.ask(Requests.unmute(room, "bob5"));
      bob.awaitChanges();
      bob.send(Requests.typing(room));
      alice.await(ServerFrame::hasTyping);
    }
  }

  @Test
  void whoMayNotPostByTheRulesTypesToNobody() {
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6");
        TestClient carol = node.connect("carol6")) {
      String room = alice.createGroup("hints", "bob6", "carol6");
      alice.ask(Requests.setRole(room, "carol6", Role.ROLE_MODERATOR));
      bob.send(Requests.typing(room));
      alice.await(frame -> isTyping(frame, "bob6"));

      for (UpdateConversation.Builder rules :
          List.of(
              Requests.of(room).setFrozen(true),
              Requests.of(room).setFrozen(false).setPostRole(Role.ROLE_MODERATOR))) {
        assertThat(alice.ask(Requests.update(rules)).hasConversationChanged()).isTrue();
        bob.send(Requests.typing(room));
        carol.send(Requests.typing(room));
        alice.await(frame -> isTyping(frame, "carol6"));
        Eventually.passes(MOMENT);
        assertThat(alice.heard()).noneMatch(frame -> isTyping(frame, "bob6"));
      }

      alice.ask(Requests.update(Requests.of(room).setPostRole(Role.ROLE_MEMBER)));
      bob.send(Requests.typing(room));
      alice.await(frame -> isTyping(frame, "bob6"));
    }
  }

  private static boolean isTyping(ServerFrame frame, String user) {
    return frame.getTyping().getUserId().equals(user);
  }

  @Test
  void groupOfMoreThanAHundredHearsNothing() {
    List<String> others = IntStream.range(0, 100).mapToObj(i -> "many" + i).toList();
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("many0")) {
      String room = alice.createGroup("101", HistoryVisibility.HISTORY_VISIBILITY_START, others);

      alice.send(Requests.typing(room));
      alice.send(Requests.typing(UUID.randomUUID().toString()));
      Eventually.passes(MOMENT);

      assertThat(bob.heard()).noneMatch(ServerFrame::hasTyping);
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;

/// Nobody learns whether a conversation exists that is none of theirs.
@Tag("slow")
final class ForeignConversationTest {
  private static final List<FrameCase> ABOUT_NO_CONVERSATION =
      List.of(
          FrameCase.HELLO,
          FrameCase.PING,
          FrameCase.LIST_INBOX,
          FrameCase.SET_APP_STATE,
          FrameCase.REFRESH_TOKEN,
          FrameCase.OPEN_DIRECT,
          FrameCase.CREATE_GROUP,
          FrameCase.JOIN_CONVERSATION,
          FrameCase.CREATE_OPEN,
          // Answered alike whatever it names.
          FrameCase.UNWATCH_CONVERSATION,
          FrameCase.REPORT_PUSH,
          FrameCase.UPDATE_PROFILE,
          FrameCase.READ_PROFILES,
          FrameCase.BLOCK_USER,
          FrameCase.LIST_BLOCKED,
          FrameCase.MUTE_USER,
          FrameCase.LIST_MUTED,
          FrameCase.SUBSCRIBE_PRESENCE,
          FrameCase.UPDATE_PREFERENCES,
          FrameCase.READ_PREFERENCES,
          FrameCase.REGISTER_DEVICE,
          FrameCase.FORGET_DEVICE,
          FrameCase.LIST_DEVICES,
          FrameCase.FRAME_NOT_SET);

  @AutoClose private static final TestNode node = TestNode.start();

  // What an outsider gets to see of a request: the answer without its id, or nothing within a ping.
  private static ServerFrame answer(TestClient outsider, ClientFrame.Builder request) {
    int id = outsider.send(request);
    if (request.hasAcknowledge()) {
      outsider.ask(ClientFrame.newBuilder().setPing(tern.v1.Ping.getDefaultInstance()));
      return ServerFrame.getDefaultInstance();
    }
    return outsider.await(frame -> frame.getId() == id).toBuilder().setId(0).build();
  }

  @Test
  void everyKindOfRequestHasItsCase() {
    try (TestClient outsider = node.connect("mallory")) {
      assertThat(FrameCase.values())
          .hasSize(ForeignRequests.all(outsider).size() + ABOUT_NO_CONVERSATION.size())
          .containsAll(ForeignRequests.all(outsider).keySet());
    }
  }

  @Test
  void foreignAndUnknownAreAnsweredAlikeByEveryRequest() {
    try (TestClient alice = node.connect("alice");
        TestClient outsider = node.connect("mallory")) {
      String direct = alice.openDirect("bob");
      String group = alice.createGroup("private", "bob");
      alice.say(direct, "not yours");
      alice.say(group, "not yours");
      String unknown = UUID.randomUUID().toString();

      ForeignRequests.all(outsider)
          .forEach(
              (kind, request) -> {
                ServerFrame none = answer(outsider, request.apply(unknown));
                if (kind != FrameCase.ACKNOWLEDGE) {
                  assertThat(none.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
                }
                for (String room : List.of(direct, group)) {
                  assertThat(answer(outsider, request.apply(room)).toByteString())
                      .as(kind.name())
                      .isEqualTo(none.toByteString());
                }
              });
    }
  }

  @Test
  void whoWasRemovedIsAnsweredLikeAnybodyElse() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String group = alice.createGroup("former", "bob2");
      bob.say(group, "I was here");
      alice.ask(Requests.remove(group, List.of("bob2")));
      String unknown = UUID.randomUUID().toString();

      ForeignRequests.all(bob)
          .forEach(
              (kind, request) ->
                  assertThat(answer(bob, request.apply(group)).toByteString())
                      .as(kind.name())
                      .isEqualTo(answer(bob, request.apply(unknown)).toByteString()));
    }
  }

  @Test
  void lastOneToLeaveIsAnsweredLikeAnybodyElse() {
    try (TestClient alice = node.connect("alice3")) {
      String group = alice.createGroup("ends");
      alice.say(group, "alone");
      alice.ask(Requests.leave(group));
      Eventually.passes(Duration.ofMillis(300));

      assertThat(alice.ask(Requests.typing(group)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void whoIsGoneHearsNothingMore() {
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("bob4")) {
      String group = alice.createGroup("former", "bob4");
      alice.say(group, "for both");
      bob.awaitChanges();

      alice.ask(Requests.remove(group, List.of("bob4")));
      alice.say(group, "behind bob's back");
      alice.send(Requests.typing(group));
      bob.await(
          frame ->
              frame.getInboxUpdate().getEntriesList().stream()
                  .anyMatch(entry -> entry.getRemoved()));
      bob.ask(ClientFrame.newBuilder().setPing(tern.v1.Ping.getDefaultInstance()));

      assertThat(bob.heard()).noneMatch(ServerFrame::hasEnvelope).noneMatch(ServerFrame::hasTyping);
    }
  }
}

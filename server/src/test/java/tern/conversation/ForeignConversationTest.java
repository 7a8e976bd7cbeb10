// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.OpenRequests;
import tern.PersonRequests;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.ErrorCode;
import tern.v1.Role;
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
          FrameCase.UPDATE_PROFILE,
          FrameCase.READ_PROFILES,
          FrameCase.BLOCK_USER,
          FrameCase.LIST_BLOCKED,
          FrameCase.MUTE_USER,
          FrameCase.LIST_MUTED,
          FrameCase.SUBSCRIBE_PRESENCE,
          FrameCase.UPDATE_PREFERENCES,
          FrameCase.READ_PREFERENCES,
          FrameCase.FRAME_NOT_SET);

  @AutoClose private static final TestNode node = TestNode.start();

  private static Map<FrameCase, Function<String, ClientFrame.Builder>> requests(
      TestClient outsider) {
    Map<FrameCase, Function<String, ClientFrame.Builder>> requests = new EnumMap<>(personal());
    requests.putAll(shared(outsider));
    return requests;
  }

  private static Map<FrameCase, Function<String, ClientFrame.Builder>> shared(TestClient outsider) {
    UUID id = UUID.randomUUID();
    return Map.ofEntries(
        Map.entry(FrameCase.SEND_MESSAGE, room -> TestClient.message(room, "guess", id)),
        Map.entry(FrameCase.ACKNOWLEDGE, room -> Requests.acknowledge(room, 1, 1)),
        Map.entry(FrameCase.MARK_READ, room -> Requests.markRead(room, 1)),
        Map.entry(FrameCase.SET_TYPING, Requests::typing),
        Map.entry(FrameCase.CATCH_UP, room -> Requests.catchUp(room, outsider.position(1, 0))),
        Map.entry(FrameCase.READ_HISTORY, room -> Requests.before(room, 0, 10)),
        Map.entry(FrameCase.ADD_MEMBERS, room -> Requests.add(room, List.of("mallory"))),
        Map.entry(FrameCase.REMOVE_MEMBERS, room -> Requests.remove(room, List.of("alice"))),
        Map.entry(FrameCase.LEAVE_CONVERSATION, Requests::leave),
        Map.entry(FrameCase.READ_CONVERSATION, Requests::read),
        Map.entry(FrameCase.SET_ROLE, room -> Requests.setRole(room, "alice", Role.ROLE_MEMBER)),
        Map.entry(FrameCase.UPDATE_CONVERSATION, room -> Requests.rename(room, "guess")),
        Map.entry(FrameCase.MUTE_MEMBER, room -> Requests.mute(room, "alice", 0)),
        Map.entry(FrameCase.BAN_USER, room -> Requests.ban(room, "alice", 0)),
        Map.entry(FrameCase.LIST_BANNED, room -> Requests.banned(room, "", 10)),
        Map.entry(FrameCase.DELETE_CONVERSATION, Requests::deleteGroup),
        Map.entry(FrameCase.EDIT_MESSAGE, room -> Requests.edit(room, 1, id, "guess")),
        Map.entry(FrameCase.DELETE_MESSAGE, room -> Requests.delete(room, 1)),
        Map.entry(FrameCase.SET_REACTION, room -> Requests.react(room, 1, "guess")),
        Map.entry(FrameCase.PIN_MESSAGE, room -> Requests.pin(room, 1)),
        Map.entry(FrameCase.LIST_PINNED, room -> Requests.pinned(room, 0, 10)),
        Map.entry(FrameCase.READ_EDITS, room -> Requests.edits(room, 1)),
        Map.entry(FrameCase.SEARCH, room -> Requests.search(room, "yours")));
  }

  // Of what a user keeps for himself, and of what leads from one conversation to another.
  private static Map<FrameCase, Function<String, ClientFrame.Builder>> personal() {
    UUID id = UUID.randomUUID();
    return Map.ofEntries(
        Map.entry(FrameCase.WATCH_CONVERSATION, OpenRequests::watch),
        Map.entry(FrameCase.CHANGE_WATCH_LIST, room -> OpenRequests.list(room, List.of("mallory"))),
        Map.entry(FrameCase.READ_WATCH_LIST, room -> OpenRequests.listed(room, "", 10)),
        Map.entry(FrameCase.COUNT_WATCHERS, OpenRequests::count),
        Map.entry(FrameCase.ARCHIVE_CONVERSATION, PersonalRequests::archive),
        Map.entry(FrameCase.HIDE_CONVERSATION, PersonalRequests::clear),
        Map.entry(FrameCase.PIN_CONVERSATION, room -> PersonalRequests.onTop(room, true)),
        Map.entry(FrameCase.SAVE_DRAFT, room -> PersonalRequests.draft(room, "guess")),
        Map.entry(FrameCase.MARK_UNREAD, room -> PersonalRequests.markUnread(room, 1)),
        Map.entry(
            FrameCase.FORWARD_MESSAGE,
            room -> PersonalRequests.forward(room, 1, false, Map.of(room, id))),
        Map.entry(FrameCase.PRESS_BUTTON, room -> PersonalRequests.press(room, 1, "guess", id)),
        Map.entry(FrameCase.LIST_PRESSES, room -> PersonalRequests.presses(room, 1, 0, 10)),
        Map.entry(FrameCase.CREATE_INVITATION, room -> PersonalRequests.invite(room, 0)),
        Map.entry(FrameCase.LIST_INVITATIONS, PersonalRequests::invitations),
        Map.entry(
            FrameCase.REVOKE_INVITATION, room -> PersonalRequests.uninvite(room, id.toString())),
        Map.entry(FrameCase.MUTE_CONVERSATION, room -> PersonRequests.muteConversation(room, 1)),
        Map.entry(FrameCase.REPORT, room -> PersonRequests.report(UUID.randomUUID(), room, 1)));
  }

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
          .hasSize(requests(outsider).size() + ABOUT_NO_CONVERSATION.size())
          .containsAll(requests(outsider).keySet());
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

      requests(outsider)
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

      requests(bob)
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

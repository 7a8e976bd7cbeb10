// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tern.OpenRequests;
import tern.PersonRequests;
import tern.PersonalRequests;
import tern.Requests;
import tern.RoleMatrix;
import tern.RoleMatrix.Who;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.ErrorCode;
import tern.v1.Ping;
import tern.v1.Role;
import tern.v1.ServerFrame;

/// Who may ask what of a group: a row for every kind of request, a column for everybody there is. A
/// kind of request that has no row fails.
@Tag("slow")
final class RoleMatrixTest {
  private static final Set<FrameCase> ABOUT_NO_CONVERSATION =
      Set.of(
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

  private static final Map<Who, TestClient> CLIENTS = new EnumMap<>(Who.class);

  private static TestClient client(Who who) {
    return CLIENTS.computeIfAbsent(who, it -> node.connect(it.name()));
  }

  // What each asks of a group in which the member's message is the first.
  private static ClientFrame.Builder request(FrameCase kind, String room) {
    return switch (kind) {
      case SEND_MESSAGE -> TestClient.message(room, "a word", UUID.randomUUID());
      case ACKNOWLEDGE -> Requests.acknowledge(room, 1, 1);
      case MARK_READ -> Requests.markRead(room, 1);
      case SET_TYPING -> Requests.typing(room);
      case CATCH_UP -> Requests.catchUp(room);
      case READ_HISTORY -> Requests.before(room, 0, 10);
      case READ_CONVERSATION -> Requests.read(room);
      case ADD_MEMBERS -> Requests.add(room, List.of("newcomer"));
      case REMOVE_MEMBERS -> Requests.remove(room, List.of("bystander"));
      case LEAVE_CONVERSATION -> Requests.leave(room);
      case SET_ROLE -> Requests.setRole(room, "bystander", Role.ROLE_MODERATOR);
      case UPDATE_CONVERSATION -> Requests.rename(room, "another name");
      case MUTE_MEMBER -> Requests.mute(room, "bystander", 0);
      case BAN_USER -> Requests.ban(room, "stranger", 0);
      case LIST_BANNED -> Requests.banned(room, "", 10);
      case DELETE_CONVERSATION -> Requests.deleteGroup(room);
      case EDIT_MESSAGE -> Requests.edit(room, 1, UUID.randomUUID(), "another word");
      case DELETE_MESSAGE -> Requests.delete(room, 1);
      case SET_REACTION -> Requests.react(room, 1, "👍");
      case PIN_MESSAGE -> Requests.pin(room, 1);
      case LIST_PINNED -> Requests.pinned(room, 0, 10);
      case READ_EDITS -> Requests.edits(room, 1);
      default -> personal(kind, room);
    };
  }

  private static ClientFrame.Builder personal(FrameCase kind, String room) {
    UUID id = UUID.randomUUID();
    return switch (kind) {
      case FORWARD_MESSAGE -> PersonalRequests.forward(room, 1, false, Map.of(room, id));
      case PRESS_BUTTON -> PersonalRequests.press(room, 1, "yes", id);
      case LIST_PRESSES -> PersonalRequests.presses(room, 1, 0, 10);
      case REPORT -> PersonRequests.report(id, room, 1);
      case SEARCH -> Requests.search(room, "word");
      case CREATE_INVITATION -> PersonalRequests.invite(room, 0);
      case LIST_INVITATIONS -> PersonalRequests.invitations(room);
      case REVOKE_INVITATION -> PersonalRequests.uninvite(room, id.toString());
      case WATCH_CONVERSATION -> OpenRequests.watch(room);
      case CHANGE_WATCH_LIST -> OpenRequests.list(room, List.of("stranger"));
      case READ_WATCH_LIST -> OpenRequests.listed(room, "", 10);
      case ARCHIVE_CONVERSATION -> PersonalRequests.archive(room);
      case HIDE_CONVERSATION -> PersonalRequests.clear(room);
      case PIN_CONVERSATION -> PersonalRequests.onTop(room, true);
      case SAVE_DRAFT -> PersonalRequests.draft(room, "a word");
      case MARK_UNREAD -> PersonalRequests.markUnread(room, 1);
      case MUTE_CONVERSATION -> PersonRequests.muteConversation(room, 1);
      default -> throw new IllegalArgumentException(kind + " (expected: one with a row)");
    };
  }

  // Of what is expected to have no answer, that none came before a ping's.
  private static char outcome(TestClient client, ClientFrame.Builder request, char expected) {
    int id = client.send(request);
    int ping = client.send(ClientFrame.newBuilder().setPing(Ping.getDefaultInstance()));
    ServerFrame first =
        client.await(it -> it.getId() == id || (expected == '.' && it.getId() == ping));
    if (first.getId() == ping) {
      return '.';
    }
    ErrorCode code =
        first.hasForwarded()
            ? first.getForwarded().getOutcomes(0).getError().getCode()
            : first.getError().getCode();
    return switch (code) {
      case ERROR_CODE_UNSPECIFIED -> '+';
      case ERROR_CODE_FORBIDDEN -> '-';
      case ERROR_CODE_NOT_FOUND -> '0';
      case ERROR_CODE_INVALID_ARGUMENT -> 'i';
      default -> throw new AssertionError(first.toString());
    };
  }

  static Stream<FrameCase> kinds() {
    return Stream.of(FrameCase.values()).filter(kind -> !ABOUT_NO_CONVERSATION.contains(kind));
  }

  @Test
  void everyKindOfRequestHasItsRow() {
    assertThat(RoleMatrix.TABLE.keySet()).containsExactlyInAnyOrderElementsOf(kinds().toList());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everybodyMayWhatTheTableSays(FrameCase kind) {
    String room = RoleMatrix.group(RoleMatrixTest::client);
    String expected = RoleMatrix.TABLE.getOrDefault(kind, "");
    StringBuilder outcomes = new StringBuilder();

    for (Who who : Who.values()) {
      char next = expected.charAt(outcomes.length());
      outcomes.append(outcome(client(who), request(kind, room), next));
    }

    assertThat(outcomes).hasToString(expected);
  }

  @Test
  void whoIsOutsideCanTellNothingFromNothing() {
    assertThat(RoleMatrix.TABLE.values())
        .allMatch(row -> Set.of("000", "...").contains(row.substring(0, 3)));
  }
}

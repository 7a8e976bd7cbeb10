// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import tern.OpenRequests;
import tern.PersonRequests;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.PushLevel;
import tern.v1.Role;

/// All that can be asked of a conversation by its id, as an outsider would who guesses one.
final class ForeignRequests {
  private ForeignRequests() {}

  /// Each kind of request, of the conversation that it is given.
  static Map<FrameCase, Function<String, ClientFrame.Builder>> all(TestClient outsider) {
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
        Map.entry(FrameCase.COUNT_WATCHERS, OpenRequests::count),
        Map.entry(FrameCase.CHANGE_WATCH_LIST, room -> OpenRequests.list(room, List.of("mallory"))),
        Map.entry(FrameCase.READ_WATCH_LIST, room -> OpenRequests.listed(room, "", 10)),
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
        Map.entry(
            FrameCase.SET_PUSH_LEVEL,
            room -> PersonalRequests.pushLevel(room, PushLevel.PUSH_LEVEL_NONE)),
        Map.entry(FrameCase.MUTE_CONVERSATION, room -> PersonRequests.muteConversation(room, 1)),
        Map.entry(FrameCase.REPORT, room -> PersonRequests.report(UUID.randomUUID(), room, 1)));
  }
}

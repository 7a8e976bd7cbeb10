// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.Metadata;
import tern.v1.PushLevel;
import tern.v1.Role;

/// What everybody in [RoleMatrix] asks of a conversation, in which the first message is a card with
/// the button "yes".
public final class MatrixRequests {
  private MatrixRequests() {}

  /// A request of the kind. Throws `IllegalArgumentException` for one that has none.
  public static ClientFrame.Builder of(FrameCase kind, String room) {
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
      case UPDATE_CONVERSATION ->
          Requests.update(
              Requests.of(room)
                  .setMetadata(
                      Metadata.newBuilder().putEntries("id", UUID.randomUUID().toString())));
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
      case REPORT -> PersonRequests.report(id, room, 2);
      case SEARCH -> Requests.search(room, "word");
      case CREATE_INVITATION -> PersonalRequests.invite(room, 1);
      case LIST_INVITATIONS -> PersonalRequests.invitations(room);
      case REVOKE_INVITATION -> PersonalRequests.uninvite(room, id.toString());
      case WATCH_CONVERSATION -> OpenRequests.watch(room);
      case COUNT_WATCHERS -> OpenRequests.count(room);
      case CHANGE_WATCH_LIST -> OpenRequests.list(room, List.of("stranger"));
      case READ_WATCH_LIST -> OpenRequests.listed(room, "", 10);
      case ARCHIVE_CONVERSATION -> PersonalRequests.archive(room);
      case HIDE_CONVERSATION -> PersonalRequests.clear(room);
      case PIN_CONVERSATION -> PersonalRequests.onTop(room, true);
      case SET_PUSH_LEVEL -> PersonalRequests.pushLevel(room, PushLevel.PUSH_LEVEL_MENTIONS);
      case SAVE_DRAFT -> PersonalRequests.draft(room, "a word");
      case MARK_UNREAD -> PersonalRequests.markUnread(room, 1);
      case MUTE_CONVERSATION -> PersonRequests.muteConversation(room, 1);
      default -> throw new IllegalArgumentException(kind + " (expected: one with a row)");
    };
  }
}

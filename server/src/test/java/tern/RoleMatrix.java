// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.Role;

/// Who may ask what of a group, over the socket and over REST.
public final class RoleMatrix {
  /// In the order in which they ask: who may more asks later.
  public enum Who {
    OUTSIDER,
    REMOVED,
    BANNED,
    MUTED,
    MEMBER,
    MODERATOR,
    OWNER
  }

  /// A letter for each of them: `+` does it, `-` FORBIDDEN, `0` NOT_FOUND, `i` INVALID_ARGUMENT,
  /// for the message is no card, or one's own; `.` no answer.
  public static final Map<FrameCase, String> TABLE =
      Map.ofEntries(
          entry(FrameCase.SEND_MESSAGE, "000-+++"),
          entry(FrameCase.ACKNOWLEDGE, "......."),
          entry(FrameCase.MARK_READ, "000++++"),
          entry(FrameCase.SET_TYPING, "000...."),
          entry(FrameCase.CATCH_UP, "000++++"),
          entry(FrameCase.READ_HISTORY, "000++++"),
          entry(FrameCase.READ_CONVERSATION, "000++++"),
          entry(FrameCase.ADD_MEMBERS, "000--++"),
          entry(FrameCase.REMOVE_MEMBERS, "000--++"),
          entry(FrameCase.LEAVE_CONVERSATION, "000++++"),
          entry(FrameCase.SET_ROLE, "000---+"),
          entry(FrameCase.UPDATE_CONVERSATION, "000--++"),
          entry(FrameCase.MUTE_MEMBER, "000--++"),
          entry(FrameCase.BAN_USER, "000--++"),
          entry(FrameCase.LIST_BANNED, "000--++"),
          entry(FrameCase.DELETE_CONVERSATION, "000---+"),
          // Of the member's message.
          entry(FrameCase.EDIT_MESSAGE, "000-+--"),
          entry(FrameCase.DELETE_MESSAGE, "000-+++"),
          entry(FrameCase.SET_REACTION, "000-+++"),
          entry(FrameCase.PIN_MESSAGE, "000--++"),
          entry(FrameCase.LIST_PINNED, "000++++"),
          entry(FrameCase.READ_EDITS, "000-+++"),
          entry(FrameCase.FORWARD_MESSAGE, "000-+++"),
          entry(FrameCase.PRESS_BUTTON, "000iiii"),
          entry(FrameCase.LIST_PRESSES, "000-+--"),
          entry(FrameCase.REPORT, "000+i++"),
          entry(FrameCase.SEARCH, "000++++"),
          entry(FrameCase.CREATE_INVITATION, "000--++"),
          entry(FrameCase.LIST_INVITATIONS, "000--++"),
          entry(FrameCase.REVOKE_INVITATION, "000--++"),
          // A group is not watched.
          entry(FrameCase.WATCH_CONVERSATION, "0000000"),
          entry(FrameCase.CHANGE_WATCH_LIST, "000----"),
          entry(FrameCase.READ_WATCH_LIST, "000----"),
          // For oneself alone.
          entry(FrameCase.ARCHIVE_CONVERSATION, "000++++"),
          entry(FrameCase.HIDE_CONVERSATION, "000++++"),
          entry(FrameCase.PIN_CONVERSATION, "000++++"),
          entry(FrameCase.SAVE_DRAFT, "000++++"),
          entry(FrameCase.MARK_UNREAD, "000++++"),
          entry(FrameCase.MUTE_CONVERSATION, "000++++"));

  private RoleMatrix() {}

  /// A group of them all, and of a bystander; its first message is the member's.
  public static String group(Function<Who, TestClient> clients) {
    TestClient owner = clients.apply(Who.OWNER);
    String room =
        owner.createGroup(
            "matrix",
            Who.MODERATOR.name(),
            Who.MEMBER.name(),
            Who.MUTED.name(),
            Who.BANNED.name(),
            Who.REMOVED.name(),
            "bystander");
    clients.apply(Who.MEMBER).say(room, "the first word");
    for (ClientFrame.Builder request :
        List.of(
            Requests.setRole(room, Who.MODERATOR.name(), Role.ROLE_MODERATOR),
            Requests.mute(room, Who.MUTED.name(), 0),
            Requests.ban(room, Who.BANNED.name(), 0),
            Requests.remove(room, List.of(Who.REMOVED.name())))) {
      assertThat(owner.ask(request).hasMembersChanged()).isTrue();
    }
    // By then the node knows that they are gone, for typing hints too.
    owner.await(
        frame ->
            frame.getEnvelope().getChanges().getMembersList().stream()
                .anyMatch(it -> it.getUserId().equals(Who.REMOVED.name()) && it.getRemoved()));
    return room;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.Role;

/// Who may ask what of a conversation, over the socket and over REST: of a group, and of a
/// conversation of two. What is asked about a person is in [PersonMatrix].
public final class RoleMatrix {
  /// In the order in which they ask: of those in the group, who may more asks later.
  public enum Who {
    OUTSIDER,
    REMOVED,
    BANNED,
    MUTED,
    MEMBER,
    MODERATOR,
    OWNER,
    /// One of two who get on.
    PEER,
    /// One of two, who blocks the other.
    BLOCKING,
    /// One of two, whom the other blocks.
    BLOCKED;

    /// Whether they ask of a conversation of two.
    public boolean isOfTwo() {
      return compareTo(PEER) >= 0;
    }
  }

  /// A letter for each of them, with a space between the group and the two: `+` does it, `-`
  /// FORBIDDEN, `0` NOT_FOUND, `i` INVALID_ARGUMENT, for the message is one's own; `.` no answer.
  public static final Map<FrameCase, String> TABLE =
      Map.ofEntries(
          entry(FrameCase.SEND_MESSAGE, "000-+++ +--"),
          entry(FrameCase.ACKNOWLEDGE, "....... ..."),
          entry(FrameCase.MARK_READ, "000++++ +++"),
          entry(FrameCase.SET_TYPING, "000.... ..."),
          entry(FrameCase.CATCH_UP, "000++++ +++"),
          entry(FrameCase.READ_HISTORY, "000++++ +++"),
          entry(FrameCase.READ_CONVERSATION, "000++++ +++"),
          entry(FrameCase.ADD_MEMBERS, "000--++ ---"),
          entry(FrameCase.REMOVE_MEMBERS, "000--++ ---"),
          entry(FrameCase.LEAVE_CONVERSATION, "000++++ ---"),
          entry(FrameCase.SET_ROLE, "000---+ ---"),
          // Its metadata.
          entry(FrameCase.UPDATE_CONVERSATION, "000--++ +--"),
          entry(FrameCase.MUTE_MEMBER, "000--++ ---"),
          entry(FrameCase.BAN_USER, "000--++ ---"),
          entry(FrameCase.LIST_BANNED, "000--++ ---"),
          entry(FrameCase.DELETE_CONVERSATION, "000---+ ---"),
          // Of the member's message, and of one's own.
          entry(FrameCase.EDIT_MESSAGE, "000-+-- +--"),
          entry(FrameCase.DELETE_MESSAGE, "000-+++ +++"),
          entry(FrameCase.SET_REACTION, "000-+++ +--"),
          entry(FrameCase.PIN_MESSAGE, "000--++ +--"),
          entry(FrameCase.LIST_PINNED, "000++++ +++"),
          entry(FrameCase.READ_EDITS, "000-+++ +++"),
          // To where it stands already.
          entry(FrameCase.FORWARD_MESSAGE, "000-+++ +--"),
          entry(FrameCase.PRESS_BUTTON, "000++++ +--"),
          entry(FrameCase.LIST_PRESSES, "000-+-- +++"),
          // Of the owner's message, and of the other's.
          entry(FrameCase.REPORT, "000+++i +++"),
          entry(FrameCase.SEARCH, "000++++ +++"),
          entry(FrameCase.CREATE_INVITATION, "000--++ ---"),
          entry(FrameCase.LIST_INVITATIONS, "000--++ ---"),
          entry(FrameCase.REVOKE_INVITATION, "000--++ ---"),
          // Neither a group nor a conversation of two is watched.
          entry(FrameCase.WATCH_CONVERSATION, "0000000 000"),
          entry(FrameCase.COUNT_WATCHERS, "0000000 000"),
          entry(FrameCase.CHANGE_WATCH_LIST, "000---- ---"),
          entry(FrameCase.READ_WATCH_LIST, "000---- ---"),
          // For oneself alone.
          entry(FrameCase.ARCHIVE_CONVERSATION, "000++++ +++"),
          entry(FrameCase.HIDE_CONVERSATION, "000++++ +++"),
          entry(FrameCase.PIN_CONVERSATION, "000++++ +++"),
          entry(FrameCase.SAVE_DRAFT, "000++++ +++"),
          entry(FrameCase.MARK_UNREAD, "000++++ +++"),
          entry(FrameCase.SET_PUSH_LEVEL, "000++++ +++"),
          entry(FrameCase.MUTE_CONVERSATION, "000++++ +++"));

  /// Of those in a group, what its rules govern: first where they name members, then where they
  /// name owners alone. Where they name moderators, it is as the table says.
  public static final Map<FrameCase, List<String>> RULED =
      Map.of(
          FrameCase.ADD_MEMBERS, List.of("000++++", "000---+"),
          FrameCase.REMOVE_MEMBERS, List.of("000++++", "000---+"),
          FrameCase.UPDATE_CONVERSATION, List.of("000++++", "000---+"),
          FrameCase.PIN_MESSAGE, List.of("000++++", "000---+"),
          FrameCase.DELETE_MESSAGE, List.of("000++++", "000-+-+"),
          FrameCase.READ_EDITS, List.of("000++++", "000-+-+"));

  /// What concerns nobody else: no conversation's rows change what it does.
  public static final Set<FrameCase> OF_ONESELF =
      Set.of(
          FrameCase.HELLO,
          FrameCase.PING,
          FrameCase.LIST_INBOX,
          FrameCase.SET_APP_STATE,
          FrameCase.REFRESH_TOKEN,
          // Answered alike whatever it names.
          FrameCase.UNWATCH_CONVERSATION,
          FrameCase.REPORT_PUSH,
          FrameCase.UPDATE_PROFILE,
          FrameCase.LIST_BLOCKED,
          FrameCase.LIST_MUTED,
          FrameCase.UPDATE_PREFERENCES,
          FrameCase.READ_PREFERENCES,
          FrameCase.REGISTER_DEVICE,
          FrameCase.FORGET_DEVICE,
          FrameCase.LIST_DEVICES,
          FrameCase.FRAME_NOT_SET);

  private RoleMatrix() {}

  /// Asks for each of them, and writes the letters as the table does.
  public static String row(Function<Who, Character> asked) {
    StringBuilder letters = new StringBuilder();
    for (Who who : Who.values()) {
      letters.append(who == Who.PEER ? " " : "").append(asked.apply(who));
    }
    return letters.toString();
  }

  /// What the table says of one of them.
  public static char expected(FrameCase kind, Who who) {
    String row = TABLE.getOrDefault(kind, "");
    return row.charAt(List.of(Who.values()).indexOf(who) + (who.isOfTwo() ? 1 : 0));
  }

  /// Where each of them asks: those of the group in a new one, the others with somebody new each.
  public static Function<Who, String> rooms(TestNode node, Function<Who, TestClient> clients) {
    String group = group(clients);
    Map<Who, String> rooms = new EnumMap<>(Who.class);
    for (Who who : Who.values()) {
      rooms.put(who, who.isOfTwo() ? direct(node, who, clients.apply(who)) : group);
    }
    return who -> Objects.requireNonNull(rooms.get(who));
  }

  // Of them all, and of a bystander; its first message is the member's, its second the owner's.
  private static String group(Function<Who, TestClient> clients) {
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
    write(clients.apply(Who.MEMBER), room);
    owner.say(room, "the second word");
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

  // Its first message is the asker's, its second the other's.
  private static String direct(TestNode node, Who who, TestClient asker) {
    String other = "other-" + UUID.randomUUID();
    try (TestClient peer = node.connect(other)) {
      String room = asker.openDirect(other);
      write(asker, room);
      peer.say(room, "the second word");
      if (who == Who.BLOCKING) {
        assertThat(asker.ask(PersonRequests.block(other)).hasRelationChanged()).isTrue();
      }
      if (who == Who.BLOCKED) {
        assertThat(peer.ask(PersonRequests.block(who.name())).hasRelationChanged()).isTrue();
      }
      return room;
    }
  }

  private static void write(TestClient client, String room) {
    assertThat(client.ask(PersonalRequests.card(room, "yes")).hasAccepted()).isTrue();
  }
}

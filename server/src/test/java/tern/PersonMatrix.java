// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.HistoryVisibility;
import tern.v1.Role;
import tern.v1.WatchAccess;
import tern.v1.WatchRules;

/// What one may do with a person, over the socket and over REST, by what stands between the two.
public final class PersonMatrix {
  /// What stands between the asker and the other.
  public enum Tie {
    /// Nothing: they share no conversation.
    STRANGER,
    /// They have a conversation of two.
    PEER,
    /// So they have, and the asker blocks the other.
    BLOCKING,
    /// So they have, and the other blocks the asker.
    BLOCKED,
    /// They share none, but the other speaks in an OPEN one that the asker may watch, and that the
    /// request names where it can.
    SPEAKING;

    boolean isShared() {
      return this != STRANGER && this != SPEAKING;
    }
  }

  /// A letter for each tie: `+` does it, and sees the other as they are; `-` FORBIDDEN; `0`
  /// NOT_FOUND, or the other is left out or away; `i` INVALID_ARGUMENT, for the other is no member.
  public static final Map<FrameCase, String> TABLE =
      Map.ofEntries(
          entry(FrameCase.OPEN_DIRECT, "+++++"),
          entry(FrameCase.READ_PROFILES, "0++++"),
          entry(FrameCase.SUBSCRIBE_PRESENCE, "0+000"),
          entry(FrameCase.REPORT, "0++++"),
          entry(FrameCase.BLOCK_USER, "+++++"),
          entry(FrameCase.MUTE_USER, "+++++"),
          // Nobody is brought where they did not ask to be by one whom they block; those whom they
          // invited come, and whoever leads a group goes on to lead it.
          entry(FrameCase.CREATE_GROUP, "+++-+"),
          entry(FrameCase.CREATE_OPEN, "+++-+"),
          entry(FrameCase.ADD_MEMBERS, "+++-+"),
          entry(FrameCase.JOIN_CONVERSATION, "+++++"),
          entry(FrameCase.CHANGE_WATCH_LIST, "+++++"),
          entry(FrameCase.REMOVE_MEMBERS, "+++++"),
          entry(FrameCase.SET_ROLE, "i+++i"),
          entry(FrameCase.MUTE_MEMBER, "i+++i"),
          entry(FrameCase.BAN_USER, "+++++"));

  private static final Set<FrameCase> OF_MEMBERS =
      Set.of(
          FrameCase.REMOVE_MEMBERS, FrameCase.SET_ROLE, FrameCase.MUTE_MEMBER, FrameCase.BAN_USER);

  private PersonMatrix() {}

  /// Plays what comes before the request, then asks, for each tie; writes the letters as the table
  /// does.
  public static String row(TestNode node, FrameCase kind, Function<Asked, Character> asked) {
    StringBuilder letters = new StringBuilder();
    for (Tie tie : Tie.values()) {
      String id = UUID.randomUUID().toString();
      try (TestClient asker = node.connect("asker-" + id);
          TestClient other = node.connect("other-" + id)) {
        ClientFrame.Builder request = new Play(asker, other, id).request(kind, tie);
        letters.append(asked.apply(new Asked("asker-" + id, asker, request)));
      }
    }
    return letters.toString();
  }

  /// Who asks, and what.
  public record Asked(String user, TestClient client, ClientFrame.Builder request) {}

  private record Play(TestClient asker, TestClient other, String id) {
    private String name() {
      return "other-" + id;
    }

    ClientFrame.Builder request(FrameCase kind, Tie tie) {
      assertThat(other.ask(PersonRequests.name("Other")).hasProfiles()).isTrue();
      String group =
          OF_MEMBERS.contains(kind) && tie.isShared()
              ? asker.createGroup("team", name())
              : asker.createGroup("team");
      if (tie.isShared()) {
        assertThat(asker.openDirect(name())).isNotEmpty();
      }
      if (tie == Tie.BLOCKING) {
        assertThat(asker.ask(PersonRequests.block(name())).hasRelationChanged()).isTrue();
      }
      if (tie == Tie.BLOCKED) {
        assertThat(other.ask(PersonRequests.block("asker-" + id)).hasRelationChanged()).isTrue();
      }
      return tie == Tie.SPEAKING ? requestThere(kind, group) : request(kind, group);
    }

    private ClientFrame.Builder requestThere(FrameCase kind, String group) {
      String watched = opened(other, OpenRequests.create(false));
      return switch (kind) {
        case READ_PROFILES -> PersonRequests.profilesIn(watched, name());
        case REPORT -> PersonRequests.reportIn(UUID.randomUUID(), watched, name());
        default -> request(kind, group);
      };
    }

    private ClientFrame.Builder request(FrameCase kind, String group) {
      List<String> them = List.of(name());
      return switch (kind) {
        case OPEN_DIRECT -> Requests.openDirect(name());
        case READ_PROFILES -> PersonRequests.profiles(name());
        case SUBSCRIBE_PRESENCE -> PersonRequests.watch(name());
        case REPORT -> PersonRequests.report(UUID.randomUUID(), name());
        case BLOCK_USER -> PersonRequests.block(name());
        case MUTE_USER -> PersonRequests.mute(name());
        case CREATE_GROUP ->
            Requests.createGroup("two", "", HistoryVisibility.HISTORY_VISIBILITY_START, them);
        case CREATE_OPEN -> live(them);
        case ADD_MEMBERS -> Requests.add(group, them);
        case JOIN_CONVERSATION -> PersonalRequests.join(invitation());
        case CHANGE_WATCH_LIST -> OpenRequests.list(opened(asker, live(List.of())), them);
        case REMOVE_MEMBERS -> Requests.remove(group, them);
        case SET_ROLE -> Requests.setRole(group, name(), Role.ROLE_MODERATOR);
        case MUTE_MEMBER -> Requests.mute(group, name(), 0);
        case BAN_USER -> Requests.ban(group, name(), 0);
        default -> throw new IllegalArgumentException(kind + " (expected: one with a row)");
      };
    }

    private static ClientFrame.Builder live(List<String> members) {
      ClientFrame.Builder frame =
          OpenRequests.create(WatchRules.newBuilder().setAccess(WatchAccess.WATCH_ACCESS_LIST));
      frame.getCreateOpenBuilder().addAllUserIds(members);
      return frame;
    }

    private static String opened(TestClient owner, ClientFrame.Builder create) {
      return owner.ask(create).getConversationOpened().getConversation().getConversationId();
    }

    private String invitation() {
      String theirs = other.createGroup("theirs");
      return other.ask(PersonalRequests.invite(theirs, 1)).getInvitationChanged().getToken();
    }
  }
}

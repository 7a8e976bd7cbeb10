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
import tern.v1.ServerFrame;
import tern.v1.WatchAccess;
import tern.v1.WatchRules;

/// Who may ask what of an OPEN conversation without being its member, by its access, over the
/// socket and over REST. Of its members see [RoleMatrix].
public final class OpenMatrix {
  private static final String GRANT = "vip";

  /// Who asks. Those who may watch may post there, too; those who once might have done so.
  public enum Watcher {
    /// Anybody, where everybody may watch.
    ANYBODY(WatchAccess.WATCH_ACCESS_PUBLIC),
    /// Whose token has the grant.
    GRANTED(WatchAccess.WATCH_ACCESS_GRANT),
    /// Who is on the list.
    LISTED(WatchAccess.WATCH_ACCESS_LIST),
    /// Whose token has another grant.
    UNGRANTED(WatchAccess.WATCH_ACCESS_GRANT),
    /// Who was never on the list.
    UNLISTED(WatchAccess.WATCH_ACCESS_LIST),
    /// Whose token had the grant, and whose next one has not.
    GRANT_ENDED(WatchAccess.WATCH_ACCESS_GRANT),
    /// Who was on the list.
    TAKEN_OFF(WatchAccess.WATCH_ACCESS_LIST),
    /// Who is banned where everybody else may watch.
    BANNED(WatchAccess.WATCH_ACCESS_PUBLIC);

    private final WatchAccess access;

    Watcher(WatchAccess access) {
      this.access = access;
    }

    boolean isLetIn() {
      return compareTo(LISTED) <= 0;
    }

    boolean wasEverLetIn() {
      return this != UNGRANTED && this != UNLISTED;
    }
  }

  /// A letter for each of them, with a space between those who may watch and the others, as in
  /// [RoleMatrix#TABLE]. The first message is the asker's own, if they ever might post; the second
  /// is the owner's.
  public static final Map<FrameCase, String> TABLE =
      Map.ofEntries(
          entry(FrameCase.WATCH_CONVERSATION, "+++ 00000"),
          entry(FrameCase.COUNT_WATCHERS, "+++ 00000"),
          entry(FrameCase.READ_HISTORY, "+++ 00000"),
          entry(FrameCase.SEND_MESSAGE, "+++ 00000"),
          entry(FrameCase.REPORT, "+++ 00000"),
          entry(FrameCase.EDIT_MESSAGE, "+++ 00000"),
          entry(FrameCase.DELETE_MESSAGE, "+++ 00000"),
          entry(FrameCase.FORWARD_MESSAGE, "+++ 00000"),
          entry(FrameCase.ACKNOWLEDGE, "... ....."),
          // What is the members' alone.
          entry(FrameCase.MARK_READ, "000 00000"),
          entry(FrameCase.SET_TYPING, "000 00000"),
          entry(FrameCase.CATCH_UP, "000 00000"),
          entry(FrameCase.READ_CONVERSATION, "000 00000"),
          entry(FrameCase.ADD_MEMBERS, "000 00000"),
          entry(FrameCase.REMOVE_MEMBERS, "000 00000"),
          entry(FrameCase.LEAVE_CONVERSATION, "000 00000"),
          entry(FrameCase.SET_ROLE, "000 00000"),
          entry(FrameCase.UPDATE_CONVERSATION, "000 00000"),
          entry(FrameCase.MUTE_MEMBER, "000 00000"),
          entry(FrameCase.BAN_USER, "000 00000"),
          entry(FrameCase.LIST_BANNED, "000 00000"),
          entry(FrameCase.DELETE_CONVERSATION, "000 00000"),
          entry(FrameCase.SET_REACTION, "000 00000"),
          entry(FrameCase.PIN_MESSAGE, "000 00000"),
          entry(FrameCase.LIST_PINNED, "000 00000"),
          entry(FrameCase.READ_EDITS, "000 00000"),
          entry(FrameCase.PRESS_BUTTON, "000 00000"),
          entry(FrameCase.LIST_PRESSES, "000 00000"),
          entry(FrameCase.SEARCH, "000 00000"),
          entry(FrameCase.CREATE_INVITATION, "000 00000"),
          entry(FrameCase.LIST_INVITATIONS, "000 00000"),
          entry(FrameCase.REVOKE_INVITATION, "000 00000"),
          entry(FrameCase.CHANGE_WATCH_LIST, "000 00000"),
          entry(FrameCase.READ_WATCH_LIST, "000 00000"),
          entry(FrameCase.ARCHIVE_CONVERSATION, "000 00000"),
          entry(FrameCase.HIDE_CONVERSATION, "000 00000"),
          entry(FrameCase.PIN_CONVERSATION, "000 00000"),
          entry(FrameCase.SAVE_DRAFT, "000 00000"),
          entry(FrameCase.MARK_UNREAD, "000 00000"),
          entry(FrameCase.SET_PUSH_LEVEL, "000 00000"),
          entry(FrameCase.MUTE_CONVERSATION, "000 00000"));

  private OpenMatrix() {}

  /// Asks for each of them, and writes the letters as the table does.
  public static String row(Function<Watcher, Character> asked) {
    StringBuilder letters = new StringBuilder();
    for (Watcher watcher : Watcher.values()) {
      letters.append(watcher == Watcher.UNGRANTED ? " " : "").append(asked.apply(watcher));
    }
    return letters.toString();
  }

  /// What the table says of one of them.
  public static char expected(FrameCase kind, Watcher watcher) {
    String row = TABLE.getOrDefault(kind, "");
    return row.charAt(List.of(Watcher.values()).indexOf(watcher) + (watcher.isLetIn() ? 0 : 1));
  }

  /// The token with which they ask in the end.
  public static String token(TestNode node, Watcher watcher) {
    boolean isGranted = watcher == Watcher.GRANTED;
    return node.tokenGranting(watcher.name(), isGranted ? GRANT : "other");
  }

  /// A new conversation in which they stand as their name says.
  public static String room(TestNode node, TestClient owner, TestClient client, Watcher watcher) {
    String room = opened(owner, watcher.access);
    if (watcher == Watcher.LISTED || watcher == Watcher.TAKEN_OFF) {
      done(owner.ask(OpenRequests.list(room, List.of(watcher.name()))));
    }
    if (watcher == Watcher.GRANT_ENDED) {
      done(client.ask(Requests.refresh(node.tokenGranting(watcher.name(), GRANT))));
    }
    TestClient first = watcher.wasEverLetIn() ? client : owner;
    done(first.ask(PersonalRequests.card(room, "yes")));
    owner.say(room, "the second word");
    switch (watcher) {
      case GRANT_ENDED -> done(client.ask(Requests.refresh(token(node, watcher))));
      case TAKEN_OFF -> done(owner.ask(OpenRequests.unlist(room, List.of(watcher.name()))));
      case BANNED -> done(owner.ask(Requests.ban(room, watcher.name(), 0)));
      default -> {}
    }
    return room;
  }

  private static String opened(TestClient owner, WatchAccess access) {
    WatchRules.Builder rules = WatchRules.newBuilder().setAccess(access).setWatchersPost(true);
    if (access == WatchAccess.WATCH_ACCESS_GRANT) {
      rules.setGrant(GRANT);
    }
    ClientFrame.Builder create = OpenRequests.create(rules);
    return done(owner.ask(create)).getConversationOpened().getConversation().getConversationId();
  }

  private static ServerFrame done(ServerFrame answer) {
    assertThat(answer.hasError()).as(answer.toString()).isFalse();
    return answer;
  }
}

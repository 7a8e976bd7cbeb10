// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Stored;

/// Who was a member of what, and when: put together from every membership that anybody was shown
/// and the store's rows. A row alone knows only its latest state.
final class Stays {
  private static final int UNKNOWN = -1;

  private final Map<String, Map<String, NavigableMap<Long, Turn>>> turns = new HashMap<>();

  private record Turn(boolean removed, long visibleFrom) {}

  static Map<String, Map<String, List<Stay>>> of(History history) {
    Stays stays = new Stays();
    for (Stored stored : history.conversations()) {
      stays.add(stored);
    }
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        stays.add(seen);
      }
    }
    Map<String, Map<String, List<Stay>>> all = new HashMap<>();
    stays.turns.forEach(
        (conversation, users) -> {
          Map<String, List<Stay>> byUser = new HashMap<>();
          users.forEach((user, ofUser) -> byUser.put(user, join(ofUser)));
          all.put(conversation, byUser);
        });
    return all;
  }

  private void add(Stored stored) {
    for (Stored.StoredMember member : stored.members()) {
      MemberSeen now = member.member();
      // A later change of role, or the removal, has moved the row's revision away from the joining.
      add(
          stored.conversation(),
          new MemberSeen(now.user(), 0, member.joinedRevision(), false, now.visibleFrom()));
      add(stored.conversation(), now);
    }
    addAll(stored.conversation(), stored.memberships());
  }

  private void add(Seen seen) {
    switch (seen) {
      case Seen.Live live -> addAll(live.step().conversation(), live.step().members());
      case Seen.CatchUpPage page -> addAll(page.step().conversation(), page.step().members());
      case Seen.Members members -> addAll(members.conversation(), members.members());
      default -> {}
    }
  }

  private void addAll(String conversation, List<MemberSeen> members) {
    for (MemberSeen member : members) {
      add(conversation, member);
    }
  }

  private void add(String conversation, MemberSeen member) {
    ofUser(conversation, member.user())
        .put(member.revision(), new Turn(member.removed(), member.visibleFrom()));
  }

  private NavigableMap<Long, Turn> ofUser(String conversation, String user) {
    return turns
        .computeIfAbsent(conversation, _ -> new HashMap<>())
        .computeIfAbsent(user, _ -> new TreeMap<>());
  }

  private static List<Stay> join(NavigableMap<Long, Turn> turns) {
    List<Stay> stays = new ArrayList<>();
    long joined = UNKNOWN;
    Turn now = new Turn(true, UNKNOWN);
    for (Map.Entry<Long, Turn> entry : turns.entrySet()) {
      Turn turn = entry.getValue();
      // Another role, or a mute: each joining and each leaving has been noted.
      boolean goesOn = !now.removed() && !turn.removed();
      if (!now.removed() && !goesOn) {
        stays.add(new Stay(joined, now.visibleFrom(), entry.getKey()));
      }
      if (!turn.removed() && !goesOn) {
        joined = entry.getKey();
      }
      now = turn;
    }
    if (!now.removed()) {
      stays.add(new Stay(joined, now.visibleFrom(), Long.MAX_VALUE));
    }
    return List.copyOf(stays);
  }
}

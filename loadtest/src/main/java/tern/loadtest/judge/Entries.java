// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Entry;
import tern.loadtest.history.History;
import tern.loadtest.history.Invite;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Setting;
import tern.loadtest.history.Settings;

/// Who asked to join, by what, and when; and which memberships that explains.
final class Entries {
  private final Map<String, List<Wish>> wishes = new HashMap<>();

  private record Wish(long at, Entry entry) {}

  private Entries() {}

  static Entries of(History history) {
    Entries entries = new Entries();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.JoinAsked of) {
          entries
              .wishes
              .computeIfAbsent(client.user(), _ -> new ArrayList<>())
              .add(new Wish(of.at(), of.entry()));
        }
      }
    }
    return entries;
  }

  /// Whether the user joined with what they knew, and it was good when the membership took its
  /// revision.
  boolean explain(Room room, MemberSeen before, MemberSeen after) {
    Rights rights = room.rights();
    return before.removed()
        && !after.removed()
        && before.mutedUntilMs() == after.mutedUntilMs()
        && !rights.isBanned(after.user(), after.revision())
        && wishes.getOrDefault(after.user(), List.of()).stream()
            .anyMatch(
                wish ->
                    rights.mayHaveLedTo(wish.at(), after.revision())
                        && opens(wish.entry(), after, rights));
  }

  private static boolean opens(Entry entry, MemberSeen after, Rights rights) {
    if (entry.isToken()) {
      return rights.invites().stream().anyMatch(invite -> isUse(invite, entry, after, rights));
    }
    return isOpen(rights.before(after.user(), after.revision()).settings(), entry);
  }

  // A use is noted in the transaction of the joining, before it takes its revision.
  private static boolean isUse(Invite invite, Entry entry, MemberSeen after, Rights rights) {
    return invite.tokenHash().equals(entry.tokenHash())
        && invite.uses() > 0
        && invite.stands()
        && invite.revision() == after.revision() - 1
        && invite.expiresAtMs() > rights.ms(invite.at());
  }

  /// Whether a key opens a group with these settings.
  static boolean isOpen(Settings settings, Entry entry) {
    return Boolean.parseBoolean(settings.value(Setting.JOINABLE))
        && settings.value(Setting.KEY).equals(entry.key());
  }

  /// Whether a user who joined at this revision asked for it with an invitation's token.
  boolean used(Invite invite, MemberSeen after) {
    return wishes.getOrDefault(after.user(), List.of()).stream()
        .anyMatch(wish -> wish.entry().tokenHash().equals(invite.tokenHash()));
  }
}

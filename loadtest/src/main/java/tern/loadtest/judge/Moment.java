// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import tern.loadtest.history.Setting;
import tern.loadtest.history.Settings;

/// Who somebody was in a conversation, and what held there, when a revision was the newest: role 0
/// for who was no member. Of direct conversations, which have no roles, nothing is asked.
record Moment(int role, long mutedUntilMs, Settings settings, boolean direct, boolean blocked) {
  static final int MODERATOR = 2;
  static final int OWNER = 3;
  private static final int NOBODY = 4;

  boolean isMember() {
    return role > 0;
  }

  boolean moderates() {
    return role >= MODERATOR;
  }

  /// Whether the role suffices for what a setting names.
  boolean reaches(Setting setting) {
    return direct || role >= settings.number(setting);
  }

  /// Whether they may remove somebody else of a role: nobody an owner, a member no moderator.
  boolean mayRemove(int other) {
    return isMember()
        && !direct
        && reaches(Setting.REMOVE_ROLE)
        && other <= Math.min(role, MODERATOR);
  }

  /// Whether they may ban somebody of a role, 0 for who is no member, or end their ban.
  boolean mayBan(int other, boolean ends) {
    boolean mayRemove = other == 0 || ends || mayRemove(other);
    return moderates() && other < role && mayRemove;
  }

  /// Whether they may delete what somebody else has sent who is of a role, 0 for who is no member:
  /// moderators anybody's, a member nothing of who is above.
  boolean mayDeleteOf(int sender) {
    return isMember() && !direct && reaches(Setting.DELETE_ROLE) && (moderates() || sender <= role);
  }

  boolean isFrozenOut() {
    return Boolean.parseBoolean(settings.value(Setting.FROZEN)) && !moderates();
  }

  boolean isMutedAt(long ms) {
    return mutedUntilMs > ms;
  }

  /// Whether they may not post or edit.
  boolean isBarredAt(long ms) {
    return !isMember() || !reaches(Setting.POST_ROLE) || isSilencedAt(ms);
  }

  /// Whether they may not even react.
  boolean isSilencedAt(long ms) {
    return blocked || isFrozenOut() || isMutedAt(ms);
  }

  /// How long they wait between two messages, in milliseconds.
  long slowMs() {
    return moderates() ? 0 : 1_000L * settings.number(Setting.SLOW_MODE);
  }

  /// The least role that may ask for these settings.
  static int needed(Settings now, Iterable<String> named) {
    int needed = 0;
    for (String name : named) {
      needed = Math.max(needed, needed(now, name));
    }
    return needed;
  }

  private static int needed(Settings now, String name) {
    for (Setting setting : Setting.values()) {
      if (setting.key().equals(name)) {
        return switch (setting) {
          case NAME, IMAGE, METADATA -> now.number(Setting.SETTINGS_ROLE);
          case FROZEN, SLOW_MODE -> MODERATOR;
          case POST_ROLE, ADD_ROLE, SETTINGS_ROLE, PIN_ROLE, REMOVE_ROLE, DELETE_ROLE, JOINABLE ->
              OWNER;
          case KEY, HISTORY -> NOBODY;
        };
      }
    }
    throw new IllegalArgumentException("setting: " + name + " (expected: a known one)");
  }
}

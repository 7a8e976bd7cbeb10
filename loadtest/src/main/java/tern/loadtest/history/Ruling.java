// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;
import java.util.Map;

/// A change of a conversation itself or of its members that somebody asked for: whom it concerns,
/// and what is to be: settings by their names, a role, an end in milliseconds since 1970.
public record Ruling(
    Kind kind, String conversation, List<String> users, Map<String, String> values) {
  /// A role.
  public static final String ROLE = "role";

  /// When a mute or a ban ends, in milliseconds since 1970; 0 takes it away.
  public static final String UNTIL = "until";

  /// How many may join with an invitation; 0: any number.
  public static final String USES = "uses";

  /// An invitation's id.
  public static final String INVITATION = "invitation";

  /// What can be asked for.
  public enum Kind {
    /// Other settings.
    SETTINGS,
    /// Another role.
    ROLE,
    /// A mute, or its end.
    MUTE,
    /// A ban, or its end.
    BAN,
    /// More members.
    ADD,
    /// Fewer members.
    REMOVE,
    /// One's own leaving.
    LEAVE,
    /// An invitation.
    INVITE,
    /// The end of an invitation.
    REVOKE,
    /// The end of the conversation.
    END
  }

  /// Keeps its own copies.
  public Ruling {
    users = List.copyOf(users);
    values = Map.copyOf(values);
  }

  /// A number among the values; 0 when it is not there.
  public long number(String name) {
    return Long.parseLong(values.getOrDefault(name, "0"));
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.key;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What an API key may do. A key holds those that it was made with, and no other.
public enum Scope {
  /// Reads conversations, their members, and users' conversation lists; finds anybody's.
  CONVERSATIONS_READ("conversations:read"),
  /// Creates conversations, changes who is a member, and moves read markers.
  CONVERSATIONS_WRITE("conversations:write"),
  /// Deletes any conversation for good, and says for how long its messages are kept.
  CONVERSATIONS_ERASE("conversations:erase"),
  /// Deletes anybody's messages, gives roles and changes settings in any conversation, as nobody's
  /// member, and says what pushes about it may tell.
  CONVERSATIONS_MODERATE("conversations:moderate"),
  /// Reads messages.
  MESSAGES_READ("messages:read"),
  /// Sends messages.
  MESSAGES_WRITE("messages:write"),
  /// Reads who pressed the buttons of the business's own cards.
  BUSINESS_READ("business:read"),
  /// Sends as the business itself, edits what it sent, and deletes it.
  BUSINESS_WRITE("business:write"),
  /// Brings along what was said elsewhere, in anybody's name.
  HISTORY_IMPORT("history:import"),
  /// Acts for a user; whatever a user does needs it, beside the scope of what is done.
  USERS_ACT("users:act"),
  /// Reads profiles, presence, and how users stand.
  USERS_READ("users:read"),
  /// Changes profiles, deactivates and bans users; on behalf of one, blocks and mutes.
  USERS_WRITE("users:write"),
  /// Erases users.
  USERS_ERASE("users:erase"),
  /// Reads everything that is kept of a user.
  USERS_EXPORT("users:export"),
  /// Reads what users have reported, with the messages concerned.
  REPORTS_READ("reports:read"),
  /// Reports on behalf of a user, closes and erases reports.
  REPORTS_WRITE("reports:write"),
  /// Lists users' sessions and devices.
  SESSIONS_READ("sessions:read"),
  /// Ends users' sessions, revokes their tokens, and says where their devices are pushed to.
  SESSIONS_WRITE("sessions:write"),
  /// Issues access tokens, and so may become any user.
  TOKENS_ISSUE("tokens:issue"),
  /// Reads what all keys did.
  AUDIT_READ("audit:read"),
  /// Reads the moderation rules and the messages that they flagged.
  MODERATION_READ("moderation:read"),
  /// Makes and removes moderation rules, and takes messages off the queue of flagged ones.
  MODERATION_WRITE("moderation:write");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /// Its form in commands, tables and errors, such as `messages:write`.
  public String text() {
    return text;
  }

  /// Reads that form; throws `IllegalArgumentException` for any other text.
  public static Scope parse(String text) {
    return Arrays.stream(values())
        .filter(scope -> scope.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "scope: " + text + " (expected: some of " + texts() + ")"));
  }

  /// All of them, for people.
  public static String texts() {
    return Arrays.stream(values()).map(Scope::text).collect(Collectors.joining(", "));
  }

  // A scope that a later Tern has written is none that this one could grant.
  static Set<Scope> known(String[] texts) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (Scope scope : values()) {
      if (Arrays.asList(texts).contains(scope.text)) {
        scopes.add(scope);
      }
    }
    return scopes;
  }
}

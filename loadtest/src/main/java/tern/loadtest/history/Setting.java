// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.Locale;

/// What can be set of a group.
public enum Setting {
  /// What it is called.
  NAME,
  /// Its image's address.
  IMAGE,
  /// The app's own, sorted by key.
  METADATA,
  /// The least role that posts.
  POST_ROLE,
  /// The least role that adds members.
  ADD_ROLE,
  /// The least role that changes the first three.
  SETTINGS_ROLE,
  /// The least role that pins.
  PIN_ROLE,
  /// The least role that removes others.
  REMOVE_ROLE,
  /// The least role that deletes what others have sent.
  DELETE_ROLE,
  /// Whether only moderators post.
  FROZEN,
  /// How many seconds a member waits between two messages.
  SLOW_MODE,
  /// Whether its key opens it.
  JOINABLE,
  /// The app's own name for it, which stays.
  KEY,
  /// Whether new members see its past, which stays.
  HISTORY;

  /// Its name in a history.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

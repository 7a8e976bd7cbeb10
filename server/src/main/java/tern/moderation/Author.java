// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

/// Whose hand writes what is judged: the sender is a user either way.
public enum Author {
  /// The user's own, with their access token.
  USER,
  /// The app's backend, with an API key and in the user's name.
  KEY
}

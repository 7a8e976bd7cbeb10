// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;
import java.util.Map;

/// What a message says beside its content.
///
/// @param mentions whom it calls
/// @param everyone whether it calls all
/// @param silent whether it asks for no push
/// @param urgent whether it asks for a push all the same
/// @param replyTo the sequence of the message that it answers; 0 for none
/// @param metadata the app's own
public record Headers(
    List<String> mentions,
    boolean everyone,
    boolean silent,
    boolean urgent,
    long replyTo,
    Map<String, String> metadata) {
  /// Of a message that says nothing but its content.
  public static final Headers NONE = new Headers(List.of(), false, false, false, 0, Map.of());

  /// What an edit leaves that brings no headers of its own.
  public Headers edited() {
    return new Headers(List.of(), false, silent, urgent, replyTo, Map.of());
  }
}

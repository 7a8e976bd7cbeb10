// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.presence;

import java.util.List;

/// What a session is answered that wants to know who is online.
///
/// @param views of all whom it asked for
/// @param isLive whether it will be told when that changes
/// @param answered to be run on the session's event loop once the answer is on its way: what
///     changed meanwhile follows it
public record Subscription(List<PresenceView> views, boolean isLive, Runnable answered) {
  /// Keeps its own copy.
  public Subscription {
    views = List.copyOf(views);
  }
}

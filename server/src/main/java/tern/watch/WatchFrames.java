// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import tern.id.ConversationId;
import tern.session.OutgoingFrame;

/// Makes the frames that those who watch are told besides messages; the gateway's business, for the
/// words on the wire are its own.
public interface WatchFrames {
  /// How many watch.
  OutgoingFrame count(ConversationId conversation, int watchers);

  /// That one no longer watches.
  OutgoingFrame unwatched(ConversationId conversation);
}

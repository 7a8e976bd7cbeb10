// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import com.google.protobuf.ByteString;
import java.util.Set;
import java.util.UUID;
import tern.id.ConversationId;
import tern.id.UserId;

/// What somebody wants to change of a message that stands.
public sealed interface MessageChange {
  /// Which message, and who wants it.
  Target target();

  /// A message, and who wants to change it.
  ///
  /// @param grants what the actor's access token lets them watch; names without spaces
  record Target(ConversationId conversation, long sequence, UserId actor, Set<String> grants) {
    /// Keeps its own copy.
    public Target {
      grants = Set.copyOf(grants);
    }
  }

  /// Replaces what is in it.
  ///
  /// @param editId tells a repeat from another edit
  /// @param contentHash of what the editor sent; tells a repeat from another edit under the same id
  /// @param fits whether it keeps the limits of content; looked at only if it is no repeat
  /// @param body content and headers, encoded
  record Edit(Target target, UUID editId, long contentHash, boolean fits, ByteString body)
      implements MessageChange {}

  /// Deletes it for everybody.
  record Delete(Target target) implements MessageChange {}

  /// Sets the actor's own reaction, or takes it back.
  record React(Target target, String reaction, boolean on) implements MessageChange {}

  /// Pins it for everybody, or takes the pin away.
  record Pin(Target target, boolean on) implements MessageChange {}
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.hook;

/// What the app's backend said of a message.
public sealed interface HookAnswer {
  /// Send it as it is: so it said, or it was silent and silence means that.
  record Allowed() implements HookAnswer {}

  /// Do not send it.
  ///
  /// @param reason for the sender; may be empty
  record Refused(String reason) implements HookAnswer {}

  /// Send this in its place.
  ///
  /// @param contentJson as the protocol writes it in JSON; one that fits
  record Rewritten(String contentJson) implements HookAnswer {}

  /// It was silent, and silence means to refuse for now.
  record Silent() implements HookAnswer {}
}

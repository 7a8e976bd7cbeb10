// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// What a phone asks for that bears on pushes.
public sealed interface PhoneWish {
  /// Sends a message; who sends has read.
  record Say(String conversation, String clientMessageId, boolean silent) implements PhoneWish {}

  /// Has read up to a sequence.
  record Read(String conversation, long sequence) implements PhoneWish {}

  /// Takes back a message of its own.
  record Delete(String conversation, long sequence) implements PhoneWish {}

  /// Wants no pushes from there, or wants them again.
  record Mute(String conversation, boolean on) implements PhoneWish {}

  /// The person begins to look, or ceases.
  record Look(boolean looking) implements PhoneWish {}

  /// Wants to be pushed to there from now on.
  record Register(String address) implements PhoneWish {}

  /// Logs out.
  record Forget() implements PhoneWish {}
}

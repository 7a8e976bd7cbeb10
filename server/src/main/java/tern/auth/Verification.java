// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

/// What came of looking at an access token.
public sealed interface Verification {
  /// The token is good.
  record Verified(Identity identity) implements Verification {}

  /// The token is not good. The reason is for a developer; it never holds the token or a part of
  /// it.
  record Rejected(String reason) implements Verification {}

  /// It can't be told yet: the token names a key that is being asked for. Whoever brings it may
  /// come back with it in some seconds. The reason is as above.
  record Undecided(String reason) implements Verification {}
}

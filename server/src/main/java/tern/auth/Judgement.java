// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

/// What the store says of a token that verifies.
public enum Judgement {
  /// It is good.
  GOOD,
  /// It was revoked.
  REVOKED,
  /// Its user is banned or deactivated: no token of theirs is good now.
  BARRED
}

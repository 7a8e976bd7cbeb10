// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.key;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// An API key as it is kept: all but the key itself.
///
/// @param id its public part, by which it is looked up, listed and revoked
/// @param name of what uses it; two valid keys may share one while they are rotated
public record ApiKey(
    String id,
    String name,
    Set<Scope> scopes,
    Instant createdAt,
    Optional<Instant> lastUsedAt,
    Optional<Instant> revokedAt) {
  /// Takes a copy of the scopes.
  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  /// Whether it opens anything.
  public boolean isValid() {
    return revokedAt.isEmpty();
  }
}

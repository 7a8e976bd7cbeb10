// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tern.id.DeviceId;
import tern.id.UserId;

/// Who an access token speaks for, and how it can be revoked.
///
/// @param expiresAt from when on it is no good
/// @param tokenId its `jti`, at most 256 characters, or empty
/// @param issuedAt its `iat`; 1970 if it has none, so that it was issued before whatever is asked
/// @param grants its `watch`: the names of what its user may watch, see [tern.id.GrantName]; at
///     most 50
/// @param device its `device`: the one that may bring it, where it names one
public record Identity(
    UserId user,
    Instant expiresAt,
    String tokenId,
    Instant issuedAt,
    Set<String> grants,
    Optional<DeviceId> device) {
  /// The claim that names the device.
  static final String DEVICE_CLAIM = "device";

  /// The longest `jti`: a longer one could not be revoked.
  static final int MAX_TOKEN_ID_CHARACTERS = 256;

  /// Keeps its own copy.
  public Identity {
    grants = Set.copyOf(grants);
  }

  /// A token that grants nothing of its own, and that any device may bring.
  public Identity(UserId user, Instant expiresAt, String tokenId, Instant issuedAt) {
    this(user, expiresAt, tokenId, issuedAt, Set.of(), Optional.empty());
  }

  /// Whether this device may bring it.
  public boolean isFor(DeviceId other) {
    return device.isEmpty() || device.get().equals(other);
  }
}

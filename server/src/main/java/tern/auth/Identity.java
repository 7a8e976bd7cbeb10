// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.time.Instant;
import tern.id.UserId;

/// Who an access token speaks for, and how it can be revoked.
///
/// @param expiresAt from when on it is no good
/// @param tokenId its `jti`, at most 256 characters, or empty
/// @param issuedAt its `iat`; 1970 if it has none, so that it was issued before whatever is asked
public record Identity(UserId user, Instant expiresAt, String tokenId, Instant issuedAt) {
  /// The longest `jti`: a longer one could not be revoked.
  static final int MAX_TOKEN_ID_CHARACTERS = 256;
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

/// The key set that verifies access tokens (a JWKS), as it is now: a file, an HTTPS address, or
/// none. Kept up to date by a thread of its own until it is closed.
public interface Jwks extends AutoCloseable {
  /// Opens what the settings name, and reads it.
  ///
  /// Throws `IllegalArgumentException` with a sentence for the operator when it can't be used.
  static Jwks open(JwksConfig config) {
    if (config.isNone()) {
      return NoJwks.NONE;
    }
    return config.isAddress() ? HttpsJwks.open(config) : FileJwks.open(config);
  }

  /// The keys of now; never blocks.
  KeyRing keys();

  /// Notes that a token named a key that is not among [#keys]. Returns whether it may be there
  /// soon: false when the keys have just been read. Never blocks, and may be called at any rate.
  boolean mayLearn();

  @Override
  void close();
}

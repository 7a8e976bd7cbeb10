// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

/// Where a device gets its access token when it connects.
public interface Tokens {
  /// Returns a token for `user` that is good for the next hour at least.
  String tokenFor(String user);
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

/// Stands where no key set is named.
enum NoJwks implements Jwks {
  NONE;

  @Override
  public KeyRing keys() {
    return KeyRing.EMPTY;
  }

  @Override
  public boolean mayLearn() {
    return false;
  }

  @Override
  public void close() {}
}

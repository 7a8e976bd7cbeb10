// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

/// One installation of the app of one user: 1 to 64 of `A-Z a-z 0-9 _ . @ -`.
public record DeviceId(String value) {
  /// Throws `IllegalArgumentException` for any other value.
  public DeviceId {
    value = AppId.checked("device id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}

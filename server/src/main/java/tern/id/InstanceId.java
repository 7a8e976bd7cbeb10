// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

/// One running copy of an installation, such as a browser tab: 1 to 64 of `A-Z a-z 0-9 _ . @ -`.
public record InstanceId(String value) {
  /// Throws `IllegalArgumentException` for any other value.
  public InstanceId {
    value = AppId.checked("instance id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}

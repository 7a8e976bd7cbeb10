// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

/// A person as the host app knows them: 1 to 64 of `A-Z a-z 0-9 _ . @ -`.
public record UserId(String value) {
  /// As whom the business itself speaks; no user has this id.
  public static final UserId BUSINESS = new UserId("business");

  /// Throws `IllegalArgumentException` for any other value.
  public UserId {
    value = AppId.checked("user id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}

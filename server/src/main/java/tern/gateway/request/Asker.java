// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import tern.id.UserId;

/// Who asks for something, and from where.
///
/// @param address of the client; empty when the app's backend asks in the user's name, for its
///     address is nobody's
public record Asker(UserId user, String address) {
  /// The app's backend, in this user's name.
  public static Asker backendFor(UserId user) {
    return new Asker(user, "");
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import tern.id.UserId;
import tern.moderation.Author;

/// Who asks for something, and from where.
///
/// @param address of the client; empty when the app's backend asks in the user's name, for its
///     address is nobody's
/// @param keyId of the API key with which the app's backend asks; empty when the user does
public record Asker(UserId user, String address, String keyId) {
  /// The user, from this address.
  public static Asker user(UserId user, String address) {
    return new Asker(user, address, "");
  }

  /// The app's backend, in this user's name.
  public static Asker backendFor(UserId user, String keyId) {
    return new Asker(user, "", keyId);
  }

  /// Whose hand writes what they send.
  public Author author() {
    return keyId.isEmpty() ? Author.USER : Author.KEY;
  }
}

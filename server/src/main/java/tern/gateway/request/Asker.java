// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.util.Set;
import tern.id.UserId;

/// Who asks for something, and from where.
///
/// @param address of the client; empty when the app's backend asks in the user's name, for its
///     address is nobody's
/// @param grants what the user's access token lets them watch; nothing when the app's backend asks,
///     for it brings none
public record Asker(UserId user, String address, Set<String> grants) {
  /// Keeps its own copy.
  public Asker {
    grants = Set.copyOf(grants);
  }

  /// The app's backend, in this user's name.
  public static Asker backendFor(UserId user) {
    return new Asker(user, "", Set.of());
  }
}

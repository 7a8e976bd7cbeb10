// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.util.Set;
import tern.id.ConversationKey;
import tern.id.UserId;
import tern.moderation.Author;

/// Who asks for something, and from where.
///
/// @param address of the client; empty when the app's backend asks in the user's name, for its
///     address is nobody's
/// @param keyId of the API key with which the app's backend asks; empty when the user does
/// @param grants what the user's access token lets them watch; nothing when the app's backend asks,
///     for it brings none
public record Asker(UserId user, String address, String keyId, Set<String> grants) {
  /// Keeps its own copy.
  public Asker {
    grants = Set.copyOf(grants);
  }

  /// The user, from this address, with what their access token grants.
  public static Asker user(UserId user, String address, Set<String> grants) {
    return new Asker(user, address, "", grants);
  }

  /// The app's backend, in this user's name.
  public static Asker backendFor(UserId user, String keyId) {
    return new Asker(user, "", keyId, Set.of());
  }

  /// A name for what they create: their own, or the app's where its backend asks.
  public ConversationKey key(String text) {
    return keyId.isEmpty() ? ConversationKey.of(user, text) : ConversationKey.ofApp(text);
  }

  /// Whose hand writes what they send.
  public Author author() {
    return keyId.isEmpty() ? Author.USER : Author.KEY;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.target;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tern.auth.Secret;
import tern.auth.TokenIssuer;
import tern.id.UserId;
import tern.loadtest.client.Address;
import tern.loadtest.client.Tokens;
import tern.loadtest.node.OwnNode;

/// The server under test, and the right to sign tokens for it.
public record Target(Address address, String secret, Optional<OwnNode> own)
    implements AutoCloseable {
  private static final Duration LIFETIME = Duration.ofHours(12);

  /// Tokens as the app's backend would sign them; one for each user, signed once.
  public Tokens tokens() {
    return tokens(Set.of());
  }

  /// Likewise, of users who may watch what these names grant.
  public Tokens tokens(Set<String> grants) {
    TokenIssuer issuer = new TokenIssuer(Secret.of(secret));
    Map<String, String> signed = new ConcurrentHashMap<>();
    return user ->
        signed.computeIfAbsent(
            user, name -> issuer.issue(new UserId(name), LIFETIME, Clock.systemUTC(), grants));
  }

  @Override
  public void close() {
    own.ifPresent(OwnNode::close);
  }
}

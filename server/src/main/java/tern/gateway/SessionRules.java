// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tern.auth.TokenVerifier;
import tern.gateway.socket.GatewayConfig;
import tern.id.UserId;
import tern.session.Sessions;
import tern.session.TokenBucket;

/// What holds for every session of this node.
///
/// @param buckets of the users with a session here, so that a user's sessions share one rate
public record SessionRules(
    Sessions sessions,
    TokenVerifier verifier,
    LimitsConfig limits,
    GatewayConfig gateway,
    Workers workers,
    Clock clock,
    Map<UserId, TokenBucket> buckets) {
  /// The rules of a node that begins.
  public static SessionRules of(
      Sessions sessions,
      TokenVerifier verifier,
      LimitsConfig limits,
      GatewayConfig gateway,
      Workers workers,
      Clock clock) {
    return new SessionRules(
        sessions, verifier, limits, gateway, workers, clock, new ConcurrentHashMap<>());
  }

  TokenBucket bucket(UserId user) {
    return buckets.computeIfAbsent(
        user,
        _ -> new TokenBucket(limits.messagesPerSecond(), limits.messagesBurst(), System::nanoTime));
  }

  void ended(UserId user) {
    if (!sessions.has(user)) {
      buckets.remove(user);
    }
  }
}

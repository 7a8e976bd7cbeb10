// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import tern.auth.Admission;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.Requests;
import tern.gateway.socket.GatewayConfig;
import tern.id.UserId;
import tern.session.Sessions;
import tern.session.TokenBucket;

/// What holds for every session of this node.
///
/// @param admission who comes in
/// @param requests answers what needs no socket
/// @param buckets of the users who sent lately, so that a user's sessions share one rate, the one
///     that comes back included
public record SessionRules(
    Sessions sessions,
    Admission admission,
    LimitsConfig limits,
    GatewayConfig gateway,
    Workers workers,
    Requests requests,
    Clock clock,
    Map<UserId, TokenBucket> buckets) {
  /// The rules of a node that begins.
  public static SessionRules of(
      Sessions sessions,
      Admission admission,
      LimitsConfig limits,
      GatewayConfig gateway,
      Workers workers,
      Requests requests,
      Clock clock) {
    return new SessionRules(
        sessions, admission, limits, gateway, workers, requests, clock, buckets(limits));
  }

  // One that nobody has touched for so long is full: a new one is the same.
  private static Map<UserId, TokenBucket> buckets(LimitsConfig limits) {
    int secondsToFill = limits.messagesBurst() / limits.messagesPerSecond() + 1;
    return Caffeine.newBuilder()
        .expireAfterAccess(Duration.ofSeconds(secondsToFill))
        .<UserId, TokenBucket>build()
        .asMap();
  }

  TokenBucket bucket(UserId user) {
    return buckets.computeIfAbsent(
        user,
        _ -> new TokenBucket(limits.messagesPerSecond(), limits.messagesBurst(), System::nanoTime));
  }
}

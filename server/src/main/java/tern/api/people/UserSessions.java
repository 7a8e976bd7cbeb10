// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.people;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tern.auth.Revocations;
import tern.auth.TokenIssuer;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.session.CloseCode;
import tern.session.Session;
import tern.session.Sessions;
import tern.v1.ErrorCode;

/// Users' sessions on this node, and the tokens that they stand on. Blocks; for virtual threads.
public final class UserSessions {
  private static final int MAX_TOKEN_ID = 256;

  private final Sessions sessions;
  private final Revocations revocations;
  private final TokenIssuer issuer;
  private final Duration longest;
  private final Clock clock;

  /// @param longest how long a token may be good that is issued here
  public UserSessions(
      Sessions sessions,
      Revocations revocations,
      TokenIssuer issuer,
      Duration longest,
      Clock clock) {
    this.sessions = sessions;
    this.revocations = revocations;
    this.issuer = issuer;
    this.longest = longest;
    this.clock = clock;
  }

  /// The user's sessions; from which address is not told.
  public JsonObject list(UserId user) {
    JsonArray told = new JsonArray();
    sessions.of(user).forEach(it -> told.add(told(it)));
    return new JsonObject().put("sessions", told);
  }

  private static JsonObject told(Session it) {
    return new JsonObject()
        .put("sessionId", it.id())
        .put("deviceId", it.device().value())
        .put("instanceId", it.instance().value())
        .put("foreground", it.isForeground())
        .put("connectedAtMs", millis(it.connectedAt()))
        .put("activeAtMs", millis(it.activeAt()))
        .put("tokenExpiresAtMs", millis(it.token().expiresAt()));
  }

  /// Ends the user's sessions: one, those of a device, or all where neither is named.
  ///
  /// @param deviceId may be empty
  /// @param sessionId may be empty
  public JsonObject disconnect(UserId user, String deviceId, String sessionId) {
    long ended =
        sessions.of(user).stream()
            .filter(it -> deviceId.isEmpty() || it.device().value().equals(deviceId))
            .filter(it -> sessionId.isEmpty() || it.id().equals(sessionId))
            .filter(it -> it.end(CloseCode.DISCONNECTED))
            .count();
    return new JsonObject().put("disconnected", ended);
  }

  /// Revokes what was issued to the user until now, or only where one device brings it.
  ///
  /// @param deviceId empty for all
  public JsonObject revoke(UserId user, String deviceId) {
    Instant now = clock.instant();
    if (deviceId.isEmpty()) {
      revocations.revokeUser(user, now);
    } else {
      revocations.revokeDevice(user, FromWire.checked(DeviceId::new, deviceId), now);
    }
    return new JsonObject().put("issuedBeforeMs", millis(now));
  }

  /// Revokes the one token with this `jti`.
  ///
  /// @param expiresAtMs the token's own end; what lies so far back that nobody takes the token any
  ///     more is refused, for it is rather a time in seconds, and would be forgotten at once
  public JsonObject revokeToken(String tokenId, long expiresAtMs) {
    FromWire.bounded("tokenId", tokenId, 1, MAX_TOKEN_ID);
    if (expiresAtMs <= clock.instant().minus(Revocations.KEPT).toEpochMilli()) {
      throw RequestRefused.invalid(
          "expiresAtMs: "
              + expiresAtMs
              + " (expected: milliseconds since 1970 of the token's own end, which is to come)");
    }
    revocations.revokeToken(tokenId, Instant.ofEpochMilli(expiresAtMs));
    return new JsonObject().put("expiresAtMs", Long.toString(expiresAtMs));
  }

  /// Issues a token that is good for so long, within the setting's bound; throws [RequestRefused]
  /// where the server has no secret to sign with.
  ///
  /// @param grants what the user may watch, see [tern.id.GrantName]
  /// @param deviceId the one device that may bring it; empty for any
  public JsonObject issue(UserId user, Duration lifetime, Set<String> grants, String deviceId) {
    if (lifetime.compareTo(longest) > 0) {
      throw RequestRefused.invalid(
          "lifetimeSeconds: "
              + lifetime.toSeconds()
              + " (expected: at most "
              + longest.toSeconds()
              + ")");
    }
    if (!issuer.canSign()) {
      throw RequestRefused.of(
          ErrorCode.ERROR_CODE_UNSUPPORTED,
          "no secret to sign with (expected: auth.secret beside auth.jwks, or tokens of your own)");
    }
    String tokenId = UUID.randomUUID().toString();
    Optional<DeviceId> device =
        Optional.of(deviceId)
            .filter(it -> !it.isEmpty())
            .map(it -> FromWire.checked(DeviceId::new, it));
    return new JsonObject()
        .put("accessToken", issuer.issue(user, tokenId, lifetime, clock, grants, device))
        .put("tokenId", tokenId)
        .put("expiresAtMs", millis(clock.instant().plus(lifetime)));
  }

  private static String millis(Instant at) {
    return Long.toString(at.toEpochMilli());
  }
}

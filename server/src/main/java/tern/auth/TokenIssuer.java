// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tern.id.DeviceId;
import tern.id.UserId;

/// Signs access tokens as an app's backend would: for `./tern token`, the demo and tests.
public final class TokenIssuer {
  private final Secret secret;
  private final String issuer;
  private final String audience;

  /// Takes the secret; tokens name neither issuer nor audience.
  public TokenIssuer(Secret secret) {
    this(secret, "", "");
  }

  /// Issues what a verifier with the same configuration accepts.
  public TokenIssuer(AuthConfig config) {
    this(config.secret(), config.issuer(), config.audience());
  }

  private TokenIssuer(Secret secret, String issuer, String audience) {
    this.secret = secret;
    this.issuer = issuer;
    this.audience = audience;
  }

  /// Returns a token of the user that is good from now on for so long.
  public String issue(UserId user, Duration lifetime, Clock clock) {
    return issue(user, lifetime, clock, Set.of());
  }

  /// Likewise, of a user who may watch what these names grant, see [tern.id.GrantName].
  public String issue(UserId user, Duration lifetime, Clock clock, Set<String> grants) {
    return issue(user, UUID.randomUUID().toString(), lifetime, clock, grants, Optional.empty());
  }

  /// Likewise, of a user whose other devices can do nothing with it.
  public String issue(UserId user, Duration lifetime, Clock clock, DeviceId device) {
    return issue(
        user, UUID.randomUUID().toString(), lifetime, clock, Set.of(), Optional.of(device));
  }

  /// Whether it has a secret: one whose keys stand elsewhere can issue nothing.
  public boolean canSign() {
    return !secret.isEmpty();
  }

  /// Likewise, with all that a token may tell.
  ///
  /// @param tokenId its `jti`, by which it can be revoked; one of its own for each token
  /// @param device the one that may bring it; empty: any
  public String issue(
      UserId user,
      String tokenId,
      Duration lifetime,
      Clock clock,
      Set<String> grants,
      Optional<DeviceId> device) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .subject(user.value())
            .jwtID(tokenId)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)));
    if (!grants.isEmpty()) {
      claims.claim(Grants.CLAIM, List.copyOf(grants));
    }
    device.ifPresent(it -> claims.claim(Identity.DEVICE_CLAIM, it.value()));
    if (!issuer.isEmpty()) {
      claims.issuer(issuer);
    }
    if (!audience.isEmpty()) {
      claims.audience(audience);
    }
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
    try {
      token.sign(new MACSigner(secret.bytes()));
    } catch (JOSEException e) {
      throw new IllegalStateException("can't sign with this secret (expected: >= 32 bytes)", e);
    }
    return token.serialize();
  }
}

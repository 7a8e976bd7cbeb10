// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.auth.Verification.Rejected;
import tern.auth.Verification.Verified;
import tern.id.UserId;

/// Tells whom an access token speaks for: a JWT signed with HS256 by the app's backend.
///
/// Of the header only `alg` is read; a key or an address of a key in it (`kid`, `jku`, `jwk`,
/// `x5u`) has no say. Any thread may use it.
public final class TokenVerifier {
  private static final int MAX_TOKEN_CHARACTERS = 8 * 1024;

  private final AuthConfig config;
  private final JWSVerifier signatures;
  private final Clock clock;

  /// Takes what a good token must look like, and the time.
  public TokenVerifier(AuthConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    try {
      this.signatures = new MACVerifier(config.secret().bytes());
    } catch (JOSEException e) {
      throw new IllegalArgumentException("auth secret does not fit HS256", e);
    }
  }

  /// Returns whom the token speaks for, or why it is refused. Never throws, whatever the text.
  public Verification verify(String token) {
    if (token.length() > MAX_TOKEN_CHARACTERS) {
      return new Rejected(
          "token: "
              + token.length()
              + " characters (expected: at most "
              + MAX_TOKEN_CHARACTERS
              + ")");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
        return new Rejected("token is signed in another way (expected: HS256)");
      }
      if (jwt.getHeader().getCriticalParams() != null) {
        return new Rejected("token header has critical extensions (expected: none)");
      }
      if (!jwt.verify(signatures)) {
        return new Rejected("token's signature is not of this secret");
      }
      return verify(jwt.getJWTClaimsSet());
    } catch (ParseException | JOSEException | RuntimeException _) {
      // The parser's messages quote what they can't read; none of it may leave here.
      return new Rejected("token can't be read (expected: a JWT signed with HS256)");
    }
  }

  private Verification verify(JWTClaimsSet claims) {
    if (claims.getExpirationTime() == null) {
      return new Rejected("token has no exp");
    }
    Optional<String> fault = faultOf(claims);
    if (fault.isPresent()) {
      return new Rejected(fault.get());
    }
    UserId user;
    try {
      user = new UserId(Objects.requireNonNullElse(claims.getSubject(), ""));
    } catch (IllegalArgumentException _) {
      return new Rejected("token's sub is no user id (expected: 1 to 64 of A-Z a-z 0-9 _ . @ -)");
    }
    String tokenId = Objects.requireNonNullElse(claims.getJWTID(), "");
    return new Verified(new Identity(user, claims.getExpirationTime().toInstant(), tokenId));
  }

  private Optional<String> faultOf(JWTClaimsSet claims) {
    Instant earliest = clock.instant().minus(config.leeway());
    Instant latest = clock.instant().plus(config.leeway());
    if (!claims.getExpirationTime().toInstant().isAfter(earliest)) {
      return Optional.of("token has expired");
    }
    if (isAfter(claims.getNotBeforeTime(), latest)) {
      return Optional.of("token is not valid yet (nbf)");
    }
    if (isAfter(claims.getIssueTime(), latest)) {
      return Optional.of("token was issued in the future (iat)");
    }
    if (!config.issuer().isEmpty() && !config.issuer().equals(claims.getIssuer())) {
      return Optional.of("token has another issuer (expected: " + config.issuer() + ")");
    }
    if (!config.audience().isEmpty() && !claims.getAudience().contains(config.audience())) {
      return Optional.of("token has another audience (expected: " + config.audience() + ")");
    }
    return Optional.empty();
  }

  private static boolean isAfter(@Nullable Date claim, Instant latest) {
    return claim != null && claim.toInstant().isAfter(latest);
  }
}

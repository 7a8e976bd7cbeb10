// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tern.auth.Verification.Rejected;
import tern.auth.Verification.Undecided;
import tern.auth.Verification.Verified;
import tern.auth.keys.Jwks;
import tern.auth.keys.PinnedKey;
import tern.id.DeviceId;
import tern.id.UserId;

/// Tells whom an access token speaks for: a JWT signed by the app's backend with the shared secret
/// (HS256), or by whoever holds the private part of a pinned key (RS256, ES256, EdDSA).
///
/// Of the header only `alg` and `kid` are read. A `kid` only selects among the pinned keys, and
/// each key verifies one algorithm; a key or an address of one in it (`jwk`, `jku`, `x5c`, `x5u`)
/// has no say. Any thread may use it; it never blocks.
public final class TokenVerifier {
  private static final int MAX_TOKEN_CHARACTERS = 8 * 1024;
  private static final Set<JWSAlgorithm> ASYMMETRIC =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);

  private final AuthConfig config;
  private final Jwks jwks;
  private final @Nullable JWSVerifier secret; // null: the key set alone verifies
  private final String expected;
  private final Clock clock;

  /// Takes what a good token must look like, the pinned keys, and the time.
  public TokenVerifier(AuthConfig config, Jwks jwks, Clock clock) {
    this.config = config;
    this.jwks = jwks;
    this.clock = clock;
    try {
      this.secret = config.secret().isEmpty() ? null : new MACVerifier(config.secret().bytes());
    } catch (JOSEException e) {
      throw new IllegalArgumentException("auth secret does not fit HS256", e);
    }
    String ofSecret = secret == null ? "" : "HS256, ";
    this.expected = jwks.keys().keys().isEmpty() ? "HS256" : ofSecret + "RS256, ES256 or EdDSA";
  }

  // With what the signature is to be checked, or what is to be said at once.
  private sealed interface Choice {
    record With(JWSVerifier signatures) implements Choice {}

    record None(Verification answer) implements Choice {}
  }

  /// Returns whom the token speaks for, or why it is refused. Never throws, whatever the text.
  public Verification verify(String token) {
    if (token.length() > MAX_TOKEN_CHARACTERS) {
      return tooLong("token", token.length(), MAX_TOKEN_CHARACTERS);
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (jwt.getHeader().getCriticalParams() != null) {
        return new Rejected("token header has critical extensions (expected: none)");
      }
      return switch (choice(jwt.getHeader())) {
        case Choice.None(var answer) -> answer;
        case Choice.With(var signatures) ->
            jwt.verify(signatures)
                ? verify(jwt.getJWTClaimsSet())
                : new Rejected("token's signature is not of this key");
      };
    } catch (ParseException | JOSEException | RuntimeException _) {
      // The parser's messages quote what they can't read; none of it may leave here.
      return new Rejected("token can't be read (expected: a JWT signed with " + expected + ")");
    }
  }

  private Choice choice(JWSHeader header) {
    JWSAlgorithm algorithm = header.getAlgorithm();
    if (secret != null && JWSAlgorithm.HS256.equals(algorithm)) {
      return new Choice.With(secret);
    }
    if (!ASYMMETRIC.contains(algorithm) || jwks.keys().keys().isEmpty()) {
      return signedInAnotherWay();
    }
    String id = Objects.requireNonNullElse(header.getKeyID(), "");
    if (id.length() > PinnedKey.MAX_ID_LENGTH) {
      return new Choice.None(tooLong("token's kid", id.length(), PinnedKey.MAX_ID_LENGTH));
    }
    if (id.isEmpty()) {
      return jwks.keys()
          .onlyOf(algorithm)
          .map(TokenVerifier::with)
          .orElseGet(() -> refused("token names no key (expected: kid, as there is not just one)"));
    }
    return jwks.keys()
        .named(id)
        .map(key -> key.algorithm().equals(algorithm) ? with(key) : signedInAnotherWay())
        .orElseGet(this::unknownKey);
  }

  private static Choice with(PinnedKey key) {
    return new Choice.With(key.signatures());
  }

  private static Choice refused(String reason) {
    return new Choice.None(new Rejected(reason));
  }

  private Choice signedInAnotherWay() {
    return refused("token is signed in another way (expected: " + expected + ")");
  }

  private Choice unknownKey() {
    return jwks.mayLearn()
        ? new Choice.None(new Undecided("token's key is unknown; the keys are being asked for"))
        : refused("token's key is unknown (expected: kid of a pinned key)");
  }

  private static Rejected tooLong(String what, int given, int most) {
    return new Rejected(what + ": " + given + " characters (expected: at most " + most + ")");
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
    if (user.equals(UserId.BUSINESS)) {
      return new Rejected("token's sub is the business's own id (expected: a user's)");
    }
    Optional<DeviceId> device;
    try {
      device =
          Optional.ofNullable(claims.getClaim(Identity.DEVICE_CLAIM)).map(TokenVerifier::device);
    } catch (IllegalArgumentException _) {
      return new Rejected(
          "token's device is no device id (expected: none, or 1 to 64 of A-Z a-z 0-9 _ . @ -)");
    }
    Optional<Set<String>> grants = Grants.of(claims.getClaim(Grants.CLAIM));
    if (grants.isEmpty()) {
      return new Rejected("token's " + Grants.CLAIM + " is of another form " + Grants.EXPECTED);
    }
    Date issued = claims.getIssueTime();
    return new Verified(
        new Identity(
            user,
            claims.getExpirationTime().toInstant(),
            tokenId(claims),
            issued == null ? Instant.EPOCH : issued.toInstant(),
            grants.get(),
            device));
  }

  // Throws `IllegalArgumentException` for what names none.
  private static DeviceId device(Object claim) {
    return new DeviceId(claim instanceof String name ? name : "");
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
    String tokenId = tokenId(claims);
    if (tokenId.length() > Identity.MAX_TOKEN_ID_CHARACTERS || tokenId.indexOf('\0') >= 0) {
      // It could not be revoked.
      return Optional.of(
          "token's jti can't be kept (expected: at most "
              + Identity.MAX_TOKEN_ID_CHARACTERS
              + " characters, none of them 0)");
    }
    return Optional.empty();
  }

  private static String tokenId(JWTClaimsSet claims) {
    return Objects.requireNonNullElse(claims.getJWTID(), "");
  }

  private static boolean isAfter(@Nullable Date claim, Instant latest) {
    return claim != null && claim.toInstant().isAfter(latest);
  }
}

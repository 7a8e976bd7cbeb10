// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tern.auth.Admission;
import tern.auth.Verification;
import tern.auth.key.ApiKeys;
import tern.gateway.request.FromWire;
import tern.gateway.request.RatesConfig;
import tern.gateway.request.RequestRefused;
import tern.id.UserId;
import tern.session.TokenBuckets;
import tern.v1.ErrorCode;

/// Tells who asks, from `Authorization` and, for keys, `Tern-User`. Blocks; for virtual threads.
final class Callers {
  /// A header and not a part of the path: so each operation has one path, whoever asks.
  static final String USER_HEADER = "Tern-User";

  private static final String BEARER = "bearer ";

  private final Admission admission;
  private final ApiKeys keys;
  private final TokenBuckets readsOfUsers;
  private final TokenBuckets readsOfKeys;

  Callers(Admission admission, ApiKeys keys, RatesConfig rates) {
    this.admission = admission;
    this.keys = keys;
    this.readsOfUsers = new TokenBuckets(rates.readsPerSecond(), rates.readsBurst());
    this.readsOfKeys = new TokenBuckets(rates.keyReadsPerSecond(), rates.keyReadsBurst());
  }

  /// Who it is; empty when that is not proven.
  ///
  /// A key acts for nobody yet, see [#acting]. Throws [RequestRefused] when a user names another.
  Optional<Caller> identify(Call call) {
    String authorization = call.header("authorization");
    String user = call.header(USER_HEADER.toLowerCase(Locale.ROOT));
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    String bearer = authorization.substring(BEARER.length()).strip();
    return ApiKeys.isKey(bearer)
        ? keys.verify(bearer).map(key -> new Caller.Backend(key, Optional.empty()))
        : person(bearer, user);
  }

  /// Throws [RequestRefused] when this caller asks too fast: nobody takes all that answers.
  void takeTurn(Caller caller) {
    Duration wait =
        switch (caller) {
          case Caller.Person(var self, _) -> readsOfUsers.tryTake(self.value());
          case Caller.Backend(var key, _) -> readsOfKeys.tryTake(key.id());
        };
    if (!wait.isZero()) {
      throw RequestRefused.tooFast("reads of this user or API key", wait);
    }
  }

  /// The same caller in the name of the user whom the call names. Throws [RequestRefused] when that
  /// is nobody for whom it can act.
  Caller acting(Caller caller, Call call) {
    String user = call.header(USER_HEADER.toLowerCase(Locale.ROOT));
    return caller instanceof Caller.Backend(var key, _) && !user.isEmpty()
        ? new Caller.Backend(key, Optional.of(letIn(user)))
        : caller;
  }

  // What a user may not do, nobody does in their name.
  private UserId letIn(String text) {
    UserId user = FromWire.user(text);
    if (user.equals(UserId.BUSINESS) || admission.revocations().isBarred(user)) {
      throw RequestRefused.of(
          ErrorCode.ERROR_CODE_FORBIDDEN,
          USER_HEADER
              + ": no user who may come in now (expected: one who is not banned, deactivated or"
              + " erased)");
    }
    return user;
  }

  private Optional<Caller> person(String bearer, String user) {
    return switch (admission.verifier().verify(bearer)) {
      case Verification.Rejected _ -> Optional.empty();
      case Verification.Undecided(String reason) -> throw RequestRefused.unavailable(reason);
      case Verification.Verified(var identity) -> {
        // Each call asks the store itself: nothing stands that a later look could close.
        if (admission.revocations().isRevoked(identity)) {
          yield Optional.empty();
        }
        UserId self = identity.user();
        if (!user.isEmpty() && !user.equals(self.value())) {
          throw RequestRefused.of(
              ErrorCode.ERROR_CODE_FORBIDDEN,
              USER_HEADER + ": another user's (expected: an API key, or one's own)");
        }
        yield Optional.of(new Caller.Person(self, identity.grants()));
      }
    };
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import java.util.Optional;
import java.util.Set;
import tern.auth.key.ApiKey;
import tern.auth.key.Scope;
import tern.gateway.request.Asker;
import tern.gateway.request.RequestRefused;
import tern.id.UserId;
import tern.v1.ErrorCode;

/// Who asks.
sealed interface Caller {
  /// A user, with an access token.
  ///
  /// @param grants what the token lets them watch
  record Person(UserId self, Set<String> grants) implements Caller {
    /// Keeps its own copy.
    public Person {
      grants = Set.copyOf(grants);
    }
  }

  /// The app's backend, with an API key.
  ///
  /// @param actsFor the user in whose name it asks, if in any
  record Backend(ApiKey key, Optional<UserId> actsFor) implements Caller {
    /// Throws [RequestRefused] when the key was not made for this.
    void demand(Scope scope) {
      if (!key.scopes().contains(scope)) {
        throw RequestRefused.of(
            ErrorCode.ERROR_CODE_FORBIDDEN,
            "API key without the scope " + scope.text() + " (expected: one made with it)");
      }
    }
  }

  /// Throws [RequestRefused] when this caller may not ask for the operation at all.
  default void admit(Operation operation) {
    switch (this) {
      case Person _ -> {
        if (!operation.isOfUsers()) {
          throw RequestRefused.of(
              ErrorCode.ERROR_CODE_FORBIDDEN,
              "access token (expected: an API key with the scope "
                  + operation.scope().text()
                  + ")");
        }
      }
      case Backend backend -> {
        backend.demand(operation.scope());
        if (operation.isOfUsers()) {
          backend.demand(Scope.USERS_ACT);
        }
      }
    }
  }

  /// The user in whose name the request is made; throws [RequestRefused] when none is named.
  default UserId user() {
    return switch (this) {
      case Person(var self, _) -> self;
      case Backend(_, var actsFor) ->
          actsFor.orElseThrow(
              () ->
                  RequestRefused.invalid(
                      Callers.USER_HEADER + ": missing (expected: the user to act for)"));
    };
  }

  /// Who asks, and from where; throws [RequestRefused] when no user is named.
  default Asker asker(String address) {
    return switch (this) {
      case Person(var self, var grants) -> Asker.user(self, address, grants);
      case Backend(var key, _) -> Asker.backendFor(user(), key.id());
    };
  }

  /// Whose idempotency keys these are: nobody else's can collide with them.
  default String name() {
    return switch (this) {
      case Person(var self, _) -> "user:" + self;
      case Backend(var key, var actsFor) ->
          "key:" + key.id() + ":" + actsFor.map(UserId::value).orElse("");
    };
  }
}

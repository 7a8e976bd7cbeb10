// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tern.id.GrantName;

/// The claim with which an access token lets its user watch OPEN conversations.
final class Grants {
  /// The claim's name.
  static final String CLAIM = "watch";

  private static final int MOST = 50;

  /// What it must be.
  static final String EXPECTED =
      "(expected: a list of at most " + MOST + " texts, each 1 to 64 of A-Z a-z 0-9 _ . @ -)";

  private Grants() {}

  /// What the claim grants: nothing when there is none; empty when it is of another form.
  static Optional<Set<String>> of(@Nullable Object claim) {
    if (claim == null) {
      return Optional.of(Set.of());
    }
    if (!(claim instanceof List<?> names) || names.size() > MOST) {
      return Optional.empty();
    }
    Set<String> grants = new HashSet<>();
    for (Object name : names) {
      if (!(name instanceof String text) || !GrantName.isGood(text)) {
        return Optional.empty();
      }
      grants.add(text);
    }
    return Optional.of(grants);
  }
}

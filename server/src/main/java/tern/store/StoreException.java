// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The store did not do what was asked. Says whether asking again may help; never carries a row's
/// content.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // 08 connection, 53 resources, 57 operator intervention: the server is away, full or restarting.
  private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57");
  // Serialization failure, deadlock, lock not available, transaction timeout, idle timeout.
  private static final Set<String> PASSING_STATES =
      Set.of("40001", "40P01", "55P03", "25P04", "25P03");

  private final boolean passing;

  private StoreException(String message, boolean passing, @Nullable Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  /// The store failed with this error.
  public static StoreException of(SQLException e) {
    return new StoreException("sql state " + e.getSQLState(), isPassing(e), e);
  }

  /// The store has more to do than it can take.
  public static StoreException busy(String what) {
    return new StoreException(what, true, null);
  }

  /// Whether the same request may succeed later: the store was away or busy.
  public boolean isPassing() {
    return passing;
  }

  /// Whether the error speaks of the store's state and not of what was asked.
  public static boolean isPassing(SQLException e) {
    String state = e.getSQLState();
    return state == null
        || PASSING_STATES.contains(state)
        || (state.length() >= 2 && PASSING_CLASSES.contains(state.substring(0, 2)))
        || e instanceof java.sql.SQLTransientException;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.sql.Connection;
import java.sql.SQLException;

/// What is done with a connection; its answer is the answer of the whole.
@FunctionalInterface
public interface SqlWork<T> {
  /// Runs on the caller's thread.
  T on(Connection connection) throws SQLException;
}

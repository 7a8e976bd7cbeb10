// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

/// Where the messages are kept.
///
/// @param url a JDBC or `postgresql://` address; empty starts the embedded PostgreSQL
/// @param user ignored when empty
/// @param password ignored when empty
/// @param poolSize connections that requests may use at once, 2 to 200
public record DatabaseConfig(String url, String user, String password, int poolSize) {
  /// Refuses nonsense.
  public DatabaseConfig {
    if (poolSize < 2 || poolSize > 200) {
      throw new IllegalArgumentException(
          "database.pool_size: " + poolSize + " (expected: 2 to 200)");
    }
    if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:") && !url.startsWith("postgres")) {
      throw new IllegalArgumentException(
          "database.url: no PostgreSQL address (expected: jdbc:postgresql://host/name)");
    }
  }

  /// Whether Tern starts its own PostgreSQL.
  public boolean isEmbedded() {
    return url.isEmpty();
  }

  /// The address as the driver wants it.
  String jdbcUrl() {
    return url.startsWith("jdbc:") ? url : "jdbc:" + url.replaceFirst("^postgres:", "postgresql:");
  }

  @Override
  public String toString() {
    return "DatabaseConfig[embedded=" + isEmbedded() + ", poolSize=" + poolSize + "]";
  }
}

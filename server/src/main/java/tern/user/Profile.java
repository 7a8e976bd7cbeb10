// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tern.id.UserId;

/// How a user is shown to others. Each text may be empty.
///
/// @param metadata the app's own
public record Profile(
    UserId user,
    String name,
    String imageUrl,
    String locale,
    String timeZone,
    Map<String, String> metadata,
    Instant changedAt) {
  /// What [#read] selects of profile `p`.
  static final String COLUMNS =
      "p.user_id, p.name, p.image_url, p.locale, p.time_zone, p.metadata, p.changed_at";

  /// Keeps its own copy.
  public Profile {
    metadata = Map.copyOf(metadata);
  }

  /// Reads the row that the cursor stands on.
  static Profile read(ResultSet row) throws SQLException {
    String[] entries = (String[]) row.getArray("metadata").getArray();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = 0; i + 1 < entries.length; i += 2) {
      metadata.put(entries[i], entries[i + 1]);
    }
    return new Profile(
        new UserId(row.getString("user_id")),
        row.getString("name"),
        row.getString("image_url"),
        row.getString("locale"),
        row.getString("time_zone"),
        metadata,
        row.getTimestamp("changed_at").toInstant());
  }
}

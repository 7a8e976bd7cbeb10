// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import tern.store.Database;

/// The key pair in the store; see V025. Made by the first node that wants it.
public final class VapidTable {
  private VapidTable() {}

  /// The pair of this store, the same on each node and after each start. Blocks.
  public static VapidKeys keys(Database database) {
    VapidKeys fresh = VapidKeys.generate();
    return database.transaction(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  """
                  insert into vapid_keys (public_key, private_key) values (?, ?)
                  on conflict (only_one) do nothing
                  """)) {
            insert.setString(1, fresh.publicKey());
            insert.setString(2, fresh.privateKey());
            insert.executeUpdate();
          }
          try (PreparedStatement select =
                  connection.prepareStatement("select public_key, private_key from vapid_keys");
              ResultSet row = select.executeQuery()) {
            row.next();
            return VapidKeys.of(row.getString(1), row.getString(2));
          }
        });
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tern.store.Database;

/// Looks for a text wherever a node may have left one.
public final class Traces {
  private Traces() {}

  /// In how many rows of each table the text stands, as it is or as bytes; only tables that have
  /// any.
  public static Map<String, Long> inTables(TestNode node, String text) {
    Map<String, Long> found = new TreeMap<>();
    String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    try (Database database = new Database(node.database());
        TestSql sql = TestSql.of(node)) {
      String tables =
          database.text(
              "select string_agg(tablename, ' ') from pg_tables where schemaname = 'public'");
      for (String table : List.of(tables.split(" ", -1))) {
        long rows =
            sql.number(
                ("select count(*) from \"%s\" t where position(? in t::text) > 0"
                        + " or position(? in t::text) > 0")
                    .formatted(table),
                text,
                hex);
        if (rows > 0) {
          found.put(table, rows);
        }
      }
    }
    return found;
  }

  /// What the node tells of itself.
  public static String metrics(TestNode node) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/metrics"))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}

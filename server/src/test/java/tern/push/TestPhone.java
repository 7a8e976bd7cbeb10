// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tern.Eventually;
import tern.TestNode;
import tern.TestSql;

/// A phone that lies on the table: registered for its user, not connected, its lock screen in view.
public final class TestPhone implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String address = UUID.randomUUID().toString().replace("-", "");
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<JsonObject> pushes = new CopyOnWriteArrayList<>();

  /// Registers the device of the user.
  public TestPhone(TestNode node, String user, String device) {
    register(node, user, device);
    look(node);
  }

  private void register(TestNode node, String user, String device) {
    try (TestSql sql = TestSql.of(node)) {
      sql.run(
          """
          insert into device (user_id, device_id, kind, address, bundle_id, sandbox, registered_at,
            seen_at)
          values (?, ?, 1, ?, 'com.example', false, now(), now())
          on conflict (user_id, device_id) do update set kind = excluded.kind,
            address = excluded.address, bundle_id = excluded.bundle_id, sandbox = excluded.sandbox
          """,
          user,
          device,
          address);
    }
  }

  /// Looks at the lock screen, on this node.
  public void look(TestNode node) {
    URI uri =
        URI.create("http://127.0.0.1:" + node.port() + "/demo/lock-screen?address=" + address);
    client
        .sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines())
        .thenAcceptAsync(
            response ->
                response
                    .body()
                    .filter(line -> line.startsWith("data: "))
                    .forEach(line -> pushes.add(new JsonObject(line.substring(6)))))
        .exceptionally(_ -> null);
  }

  /// What it has been pushed.
  public List<JsonObject> pushes() {
    return pushes;
  }

  /// Waits for so many pushes in all; returns the last.
  public JsonObject await(int count) {
    return await(count, PATIENCE);
  }

  /// Likewise, for so long.
  public JsonObject await(int count, Duration patience) {
    Eventually.holds(count + " pushes", patience, () -> pushes.size() >= count);
    return pushes.get(count - 1);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

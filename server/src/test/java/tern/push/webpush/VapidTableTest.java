// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tern.TestNode;
import tern.store.Database;
import tern.store.DatabaseConfig;
import tern.store.TestPostgres;

class VapidTableTest {
  private static final Map<String, String> ON =
      Map.of("TERN_PUSH_WEB_PUSH_CONTACT", "mailto:ops@example.com");

  private static HttpResponse<String> key(TestNode node) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + node.port() + "/v1/web-push-key");
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
  }

  @Test
  void anybodyIsToldThePublicKeyWhichOutlivesTheNode() throws IOException, InterruptedException {
    String first;
    DatabaseConfig database;
    try (TestNode node = TestNode.start(ON)) {
      database = node.database();
      HttpResponse<String> answer = key(node);
      assertThat(answer.statusCode()).isEqualTo(200);
      first = answer.body();
      assertThat(new JsonObject(first).getString("public_key")).matches("B[A-Za-z0-9_-]{86}");
    }

    try (TestNode node = TestNode.start(database, ON)) {
      assertThat(key(node).body()).isEqualTo(first);
    }
  }

  @Test
  void withoutAContactThereIsNoKey() throws IOException, InterruptedException {
    try (TestNode node = TestNode.start()) {
      assertThat(key(node).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void nodesThatStartTogetherHaveOnePair() throws InterruptedException, ExecutionException {
    try (Database database = new Database(TestPostgres.newMigratedDatabase());
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<String>> starts =
          Collections.nCopies(4, () -> VapidTable.keys(database).privateKey());

      Set<String> keys = new HashSet<>();
      for (Future<String> key : threads.invokeAll(starts)) {
        keys.add(key.get());
      }

      assertThat(keys).hasSize(1);
    }
  }
}

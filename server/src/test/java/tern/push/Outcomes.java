// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tern.Eventually;
import tern.TestNode;

/// What a node tells of messages on their recipients' devices.
final class Outcomes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TestNode node;
  private final HttpClient client = HttpClient.newHttpClient();

  Outcomes(TestNode node) {
    this.node = node;
  }

  /// By the names of the devices.
  Map<String, String> of(String conversation, long sequence) {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/demo/delivery?conversation=%s&sequence=%d"
                .formatted(node.port(), conversation, sequence));
    try {
      String body =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      Map<String, String> outcomes = new TreeMap<>();
      for (Object each : new JsonObject(body).getJsonArray("devices")) {
        JsonObject device = (JsonObject) each;
        outcomes.put(device.getString("deviceId"), device.getString("outcome"));
      }
      return outcomes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Waits until this became of it on a device.
  void await(String conversation, long sequence, String device, String outcome) {
    Eventually.holds(
        device + " " + outcome,
        PATIENCE,
        () -> outcome.equals(of(conversation, sequence).get(device)));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.store.Store;
import tern.store.TestPostgres;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;

/// What a node tells those who watch over it.
final class HealthTest {
  private static HttpResponse<String> get(int port, String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void healthyNodeIsLiveAndReady() {
    try (TestNode node = TestNode.start()) {
      assertThat(get(node.port(), "/health/live").statusCode()).isEqualTo(200);
      HttpResponse<String> ready = get(node.port(), "/health/ready");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body()).isEqualTo("{\"status\":\"ok\",\"reasons\":[]}");
    }
  }

  @Test
  @Tag("slow")
  void nodeWithoutItsStoreIsLiveNotReadyAndRefusesUntilTheStoreIsBack() {
    try (TestNode node = TestNode.start();
        TestClient alice = node.connect("alice")) {
      String room = alice.openDirect("bob");
      TestPostgres.allowConnections(node.database(), false);

      HttpResponse<String> ready = get(node.port(), "/health/ready");
      ServerFrame refused = alice.ask(Requests.read(room));

      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("the store does not answer");
      assertThat(get(node.port(), "/health/live").statusCode()).isEqualTo(200);
      assertThat(refused.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_UNAVAILABLE);
      TestPostgres.allowConnections(node.database(), true);
      Eventually.holds(
          "ready again",
          Duration.ofSeconds(10),
          () -> get(node.port(), "/health/ready").statusCode() == 200);
      assertThat(alice.say(room, "back again").getSequence()).isEqualTo(1);
    }
  }

  @Test
  void drainingNodeIsNotReadyAndSaysWhy() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (Store store = TestPostgres.newStore()) {
      Router router = Router.router(vertx);
      HealthRoutes health =
          new HealthRoutes(
              vertx,
              store.database(),
              new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
              Map::of);
      health.mount(router);
      int port =
          vertx
              .createHttpServer()
              .requestHandler(router)
              .listen(0, "127.0.0.1")
              .await(10, TimeUnit.SECONDS)
              .actualPort();

      health.drain();

      assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(port, "/health/ready").body()).contains("the node is shutting down");
      assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void metricsNameNobody() {
    try (TestNode node = TestNode.start();
        TestClient alice = node.connect("alice-in-metrics")) {
      String room = alice.openDirect("bob-in-metrics");
      alice.say(room, "words-in-metrics");

      String metrics = get(node.port(), "/metrics").body();

      assertThat(metrics).contains("tern_intake_groups_total 1.0", "tern_sessions 1.0");
      assertThat(metrics).doesNotContain("in-metrics", room, alice.welcome().getSessionId(), "bob");
    }
  }
}

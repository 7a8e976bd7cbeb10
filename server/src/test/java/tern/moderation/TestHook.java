// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An app's backend that is asked before messages are sent: a true HTTP server on this machine,
/// which verifies signatures as the Standard Webhooks specification says.
final class TestHook implements AutoCloseable {
  static final String SECRET = "whsec_" + base64("a secret of the app's backend");
  static final String NEXT_SECRET = "whsec_" + base64("the next one of the app's backend");
  static final String OTHER_SECRET = "whsec_" + base64("a secret of somebody else's backend");

  static final String ALLOW = "{\"action\":\"allow\"}";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  private volatile Function<Asked, String> answer = _ -> ALLOW;
  private volatile String secret = SECRET;

  TestHook() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/before-send", this::take);
    server.setExecutor(threads);
    server.start();
  }

  /// A question.
  record Asked(String webhookId, String type, JsonNode data) {
    String text() {
      return data.at("/content/text/text").asText();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Settings of a node that asks this one.
  Map<String, String> settings(String whenSilent, String timeout) {
    return Map.of(
        "TERN_MODERATION_HOOK_URL",
        "http://127.0.0.1:" + server.getAddress().getPort() + "/before-send",
        "TERN_MODERATION_HOOK_SECRET",
        SECRET,
        "TERN_MODERATION_HOOK_NEXT_SECRET",
        NEXT_SECRET,
        "TERN_MODERATION_HOOK_TIMEOUT",
        timeout,
        "TERN_MODERATION_HOOK_WHEN_SILENT",
        whenSilent,
        "TERN_MODERATION_QUEUE",
        "3");
  }

  /// From now on answers so; a text that is no JSON is sent as it is.
  void answers(Function<Asked, String> next) {
    answer = next;
  }

  /// From now on believes only what is signed with this secret.
  void believes(String only) {
    secret = only;
  }

  /// What it was asked about texts that begin so.
  List<Asked> askedAbout(String beginning) {
    return asked.stream().filter(it -> it.text().startsWith(beginning)).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      if (!isSigned(exchange, id, body)) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      JsonNode json = JSON.readTree(body);
      Asked it = new Asked(id, json.path("type").asText(), json.path("data"));
      asked.add(it);
      byte[] told = answer.apply(it).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, told.length);
      exchange.getResponseBody().write(told);
    }
  }

  private boolean isSigned(HttpExchange exchange, String id, String body) {
    String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
    String expected = "v1," + hmac(secret, id + "." + timestamp + "." + body);
    String given = exchange.getRequestHeaders().getFirst("webhook-signature");
    long age = System.currentTimeMillis() / 1_000 - Long.parseLong(timestamp);
    return List.of(given.split(" ", -1)).contains(expected) && Math.abs(age) < 300;
  }

  private static String hmac(String secret, String text) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.replace("whsec_", ""));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

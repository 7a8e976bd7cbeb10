// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import tern.TestNode;
import tern.auth.key.ApiKeys;
import tern.auth.key.Scope;
import tern.store.Database;

/// Someone who calls a node over HTTP; immutable, each `with` makes another.
final class RestClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final String base;
  private final Map<String, String> headers;

  private RestClient(String base, Map<String, String> headers) {
    this.base = base;
    this.headers = headers;
  }

  /// Somebody without a name.
  static RestClient of(TestNode node) {
    return new RestClient("http://127.0.0.1:" + node.port(), Map.of());
  }

  /// A user with a good token.
  static RestClient of(TestNode node, String user) {
    return of(node).with("Authorization", "Bearer " + node.token(user, Duration.ofMinutes(5)));
  }

  /// The app's backend, with a new key for all that keys are for.
  static RestClient backend(TestNode node) {
    return backend(node, "all", EnumSet.allOf(Scope.class));
  }

  /// The app's backend, with a new key of this name for these scopes.
  static RestClient backend(TestNode node, String name, Set<Scope> scopes) {
    try (Database database = new Database(node.database())) {
      return of(node).with("Authorization", "Bearer " + new ApiKeys(database).create(name, scopes));
    }
  }

  RestClient with(String header, String value) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put(header, value);
    return new RestClient(base, all);
  }

  HttpResponse<String> get(String path) {
    return ask("GET", path, "");
  }

  HttpResponse<String> post(String path, JsonObject body) {
    return post(path, body.encode());
  }

  HttpResponse<String> post(String path, String body) {
    return ask("POST", path, body);
  }

  HttpResponse<String> ask(String method, String path, String body) {
    return body.isEmpty()
        ? ask(method, path, BodyPublishers.noBody())
        : (headers.containsKey("Content-Type") ? this : with("Content-Type", Answer.JSON))
            .ask(method, path, BodyPublishers.ofString(body));
  }

  /// Without a `Content-Type`, if none was given.
  HttpResponse<String> ask(String method, String path, HttpRequest.BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, body);
    headers.forEach(request::header);
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// The conversation with another user.
  String direct(String peer) {
    HttpResponse<String> answer =
        post("/v1/conversations/direct", new JsonObject().put("userId", peer));
    return json(answer).getJsonObject("conversation").getString("conversationId");
  }

  /// A new group with others.
  String group(String... others) {
    JsonObject group =
        new JsonObject().put("name", "team").put("userIds", new JsonArray(List.of(others)));
    return json(post("/v1/conversations", group))
        .getJsonObject("conversation")
        .getString("conversationId");
  }

  /// Sends a text under a new id.
  HttpResponse<String> say(String conversation, String text) {
    return post("/v1/conversations/" + conversation + "/messages", message(text));
  }

  /// A text under a new id.
  static JsonObject message(String text) {
    return new JsonObject()
        .put("clientMessageId", UUID.randomUUID().toString())
        .put("content", new JsonObject().put("text", new JsonObject().put("text", text)));
  }

  static JsonObject json(HttpResponse<String> answer) {
    return new JsonObject(answer.body());
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tern.loadtest.client.Address;
import tern.v1.Accepted;
import tern.v1.ClientFrame;
import tern.v1.Error;
import tern.v1.ErrorCode;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;

/// Sends a user's messages over REST, one after the other, each again and again until it is
/// accepted or refused for good; what it does and is told is written down like a device's. Owned by
/// one event loop, on which every method is called.
final class Courier {
  /// By which its log is told from its user's devices.
  static final String INSTANCE = "rest";

  private static final int MOST_WAITING = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int AGAIN_MS = 300;

  private final HttpClient http;
  private final EventLoop loop;
  private final Address address;
  private final String token;
  private final Recorder recorder;
  private final ObjectMapper json = new ObjectMapper();
  // The first is on its way.
  private final Deque<SendMessage> waiting = new ArrayDeque<>();
  private int lastId;

  /// One with a user's access token.
  Courier(HttpClient http, EventLoop loop, Address address, String token, Recorder recorder) {
    this.http = http;
    this.loop = loop;
    this.address = address;
    this.token = token;
    this.recorder = recorder;
  }

  Recorder recorder() {
    return recorder;
  }

  /// Whether nothing is on its way.
  boolean isIdle() {
    return waiting.isEmpty();
  }

  /// Takes a message along; returns whether it could take one more.
  boolean carry(SendMessage message) {
    if (waiting.size() >= MOST_WAITING) {
      return false;
    }
    waiting.addLast(message);
    if (waiting.size() == 1) {
      post();
    }
    return true;
  }

  private void post() {
    ClientFrame asked =
        ClientFrame.newBuilder().setId(++lastId).setSendMessage(waiting.getFirst()).build();
    recorder.sent(asked);
    CompletableFuture<?> _ =
        http.sendAsync(request(asked.getSendMessage()), HttpResponse.BodyHandlers.ofString())
            .whenComplete(
                (response, failure) ->
                    loop.execute(
                        () -> {
                          if (failure == null) {
                            answered(asked, response);
                          } else {
                            later();
                          }
                        }));
  }

  private HttpRequest request(SendMessage message) {
    String conversation = message.getConversationId();
    return HttpRequest.newBuilder(address.page("/v1/conversations/" + conversation + "/messages"))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body(message)))
        .build();
  }

  private static String body(SendMessage message) {
    try {
      return JsonFormat.printer().print(message.toBuilder().clearConversationId());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message can't be written as JSON", e);
    }
  }

  private void answered(ClientFrame asked, HttpResponse<String> response) {
    ServerFrame answer = answer(asked.getId(), response);
    recorder.received(answer, Optional.of(asked));
    if (answer.getError().getMayRetry()) {
      later();
    } else {
      waiting.removeFirst();
      if (!waiting.isEmpty()) {
        post();
      }
    }
  }

  private ServerFrame answer(int id, HttpResponse<String> response) {
    try {
      if (response.statusCode() < 300) {
        Accepted.Builder accepted = Accepted.newBuilder();
        JsonFormat.parser().merge(response.body(), accepted);
        return ServerFrame.newBuilder().setId(id).setAccepted(accepted).build();
      }
      JsonNode problem = json.readTree(response.body());
      return ServerFrame.newBuilder()
          .setId(id)
          .setError(
              Error.newBuilder()
                  .setCode(ErrorCode.valueOf(problem.path("code").asText()))
                  .setMessage(problem.path("detail").asText())
                  .setMayRetry(problem.path("mayRetry").asBoolean()))
          .build();
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "REST answered " + response.statusCode() + " with what is no answer", e);
    }
  }

  private void later() {
    ScheduledFuture<?> _ = loop.schedule(this::post, AGAIN_MS, TimeUnit.MILLISECONDS);
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.moderation.hook.HookMetrics.Ending;
import tern.store.Breaker;

/// Asks the app's backend about a message before it is sent: one signed POST, bounded in bytes, and
/// in time from the first wait to the last byte. Whoever does not answer soon, or wrongly, is
/// silent, and the setting says what that means. Blocks; for virtual threads.
public final class Hook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Hook.class);

  private static final int OK = 200;
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_REASON = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HookConfig config;
  private final HookMetrics metrics;
  private final Clock clock;
  private final Signature signature;
  private final HttpClient client;
  private final Semaphore turns;
  private final Breaker breaker = new Breaker(System::nanoTime);
  // A request's own timeout ends with the response's head; interrupting a thread ends the body too.
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// The hook that the settings name, if they name one.
  ///
  /// @param clock tells when a question was asked
  public static Optional<Hook> of(HookConfig config, HookMetrics metrics, Clock clock) {
    return config.isSet() ? Optional.of(new Hook(config, metrics, clock)) : Optional.empty();
  }

  private Hook(HookConfig config, HookMetrics metrics, Clock clock) {
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
    this.signature = new Signature(config.secrets());
    this.turns = new Semaphore(config.atOnce(), true);
    this.client =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(config.timeout())
            .build();
  }

  /// Asks; returns within the timeout, whatever becomes of it.
  ///
  /// @param id the same for a repeat of the same message
  /// @param body JSON
  /// @param fits whether a message may hold this content, in JSON: a message that was to be
  ///     rewritten with any other is refused, for as it is nobody has allowed it
  public HookAnswer ask(String id, String body, Predicate<String> fits) {
    long begun = System.nanoTime();
    if (!breaker.mayAsk()) {
      return silent(Ending.SKIPPED, begun);
    }
    boolean isMyTurn = false;
    try {
      isMyTurn = turns.tryAcquire(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
      return isMyTurn ? askNow(id, body, fits, begun) : silent(Ending.TIMED_OUT, begun);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return silent(Ending.FAILED, begun);
    } finally {
      if (isMyTurn) {
        turns.release();
      }
    }
  }

  private HookAnswer askNow(String id, String body, Predicate<String> fits, long begun)
      throws InterruptedException {
    HttpRequest request = request(id, body);
    Future<HttpResponse<byte[]>> response =
        threads.submit(
            () ->
                client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES)));
    try {
      long left = config.timeout().toNanos() - (System.nanoTime() - begun);
      HookAnswer answer = answer(response.get(Math.max(1, left), TimeUnit.NANOSECONDS));
      // Also with what does not fit: senders could have it asked less often else.
      breaker.answered();
      boolean isFit = !(answer instanceof HookAnswer.Rewritten(var content)) || fits.test(content);
      metrics.asked(
          isFit ? ending(answer) : Ending.UNFIT, Duration.ofNanos(System.nanoTime() - begun));
      return isFit ? answer : new HookAnswer.Refused("");
    } catch (TimeoutException _) {
      failed("no whole answer in time");
      return silent(Ending.TIMED_OUT, begun);
    } catch (ExecutionException e) {
      failed(String.valueOf(e.getCause() == null ? e : e.getCause().getClass().getSimpleName()));
      return silent(Ending.FAILED, begun);
    } catch (IOException e) {
      failed(String.valueOf(e.getMessage()));
      return silent(Ending.FAILED, begun);
    } finally {
      response.cancel(true);
    }
  }

  private HttpRequest request(String id, String body) {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    return HttpRequest.newBuilder(URI.create(config.url()))
        .timeout(config.timeout())
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", signature.of(id, timestamp, body))
        .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
        .build();
  }

  // What it says may quote the message: no cause tells it.
  private static HookAnswer answer(HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() != OK) {
      throw new IOException("status " + response.statusCode() + " (expected: 200)");
    }
    JsonNode json;
    try {
      json = JSON.readTree(new String(response.body(), StandardCharsets.UTF_8));
    } catch (JsonProcessingException _) {
      throw new IOException("no JSON (expected: an object with an action)");
    }
    return switch (json.path("action").asText()) {
      case "allow" -> new HookAnswer.Allowed();
      case "refuse" -> new HookAnswer.Refused(reason(json.path("reason").asText()));
      case "rewrite" -> rewritten(json.path("content"));
      default -> throw new IOException("no known action (expected: allow, refuse or rewrite)");
    };
  }

  private static HookAnswer rewritten(JsonNode content) throws IOException {
    if (!content.isObject()) {
      throw new IOException("no content (expected: an object, with rewrite)");
    }
    return new HookAnswer.Rewritten(content.toString());
  }

  private static String reason(String given) {
    String text = given.replace("\0", "");
    int length = text.codePointCount(0, text.length());
    return text.substring(0, text.offsetByCodePoints(0, Math.min(length, MAX_REASON)));
  }

  private static Ending ending(HookAnswer answer) {
    return switch (answer) {
      case HookAnswer.Allowed _ -> Ending.ALLOWED;
      case HookAnswer.Refused _ -> Ending.REFUSED;
      case HookAnswer.Rewritten _ -> Ending.REWRITTEN;
      case HookAnswer.Silent _ -> Ending.FAILED;
    };
  }

  private void failed(String cause) {
    if (breaker.failed()) {
      LOG.atWarn()
          .addKeyValue("host", URI.create(config.url()).getHost())
          .addKeyValue("cause", cause)
          .addKeyValue("whenSilent", config.whenSilent())
          .log("the moderation hook does not answer: it is asked less often");
    }
  }

  private HookAnswer silent(Ending ending, long begun) {
    metrics.asked(ending, Duration.ofNanos(System.nanoTime() - begun));
    return silence();
  }

  private HookAnswer silence() {
    return config.isOpen() ? new HookAnswer.Allowed() : new HookAnswer.Silent();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.shutdownNow();
  }
}

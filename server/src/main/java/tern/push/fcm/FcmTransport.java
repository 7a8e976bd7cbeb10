// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries what Google's libraries say over Vert.x's HTTP/2: many requests on few connections, each
/// bounded in time and bytes, and none of them repeated. Where nothing has been answered for as
/// long as a request may take, the connections are given up, for one that swallows everything would
/// be used on and on.
///
/// Whoever executes a request waits for it: a virtual thread.
final class FcmTransport extends HttpTransport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FcmTransport.class);
  private static final String HOST = "fcm.googleapis.com";
  private static final int MAX_ANSWER_BYTES = 65_536;

  private final Vertx vertx;
  private final Supplier<HttpClient> clients;
  private final String endpoint;
  private final Duration deadline;
  private final AtomicReference<HttpClient> client;

  private volatile long answeredAt = System.nanoTime();
  private volatile boolean isClosed;

  /// @param endpoint to whom requests for Google's host go instead; empty: to Google
  /// @param deadline of a request
  FcmTransport(Vertx vertx, Supplier<HttpClient> clients, String endpoint, Duration deadline) {
    this.vertx = vertx;
    this.clients = clients;
    this.endpoint = endpoint;
    this.deadline = deadline;
    this.client = new AtomicReference<>(clients.get());
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    return new FcmRequest(this, method, redirected(url));
  }

  private String redirected(String url) {
    URI address = URI.create(url);
    return endpoint.isEmpty() || !HOST.equals(address.getHost())
        ? url
        : endpoint + address.getRawPath();
  }

  /// Throws `SocketTimeoutException` when the whole answer has not come within the deadline.
  FcmResponse execute(RequestOptions options, Buffer body) throws IOException {
    HttpClient used = client.get();
    long sentAt = System.nanoTime();
    options.setConnectTimeout(deadline.toMillis());
    Promise<HttpClientRequest> begun = Promise.promise();
    Promise<FcmResponse> answer = Promise.promise();
    // All of it on one event loop: from here, parts of the answer could come before who reads them.
    vertx.runOnContext(
        _ ->
            used.request(options)
                .onComplete(begun)
                .compose(it -> it.send(body))
                .compose(FcmTransport::whole)
                .onComplete(answer));
    try {
      FcmResponse response =
          answer
              .future()
              .toCompletionStage()
              .toCompletableFuture()
              .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      answeredAt = System.nanoTime();
      return response;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (TimeoutException _) {
      begun.future().onSuccess(HttpClientRequest::reset);
      if (answeredAt - sentAt < 0) {
        renew(used);
      }
      throw new SocketTimeoutException("no answer within " + deadline);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("closed");
    }
  }

  private static Future<FcmResponse> whole(HttpClientResponse response) {
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          body.appendBuffer(part);
          if (body.length() > MAX_ANSWER_BYTES) {
            response.request().reset();
          }
        });
    return response
        .end()
        .map(_ -> new FcmResponse(response.statusCode(), response.headers(), body));
  }

  private void renew(HttpClient silent) {
    HttpClient fresh = clients.get();
    if (isClosed || !client.compareAndSet(silent, fresh)) {
      fresh.close();
      return;
    }
    LOG.warn("FCM has not answered for seconds={}: connecting anew", deadline.toSeconds());
    silent.close();
    if (isClosed) {
      fresh.close();
    }
  }

  /// Ends what is on its way.
  @Override
  public void close() {
    isClosed = true;
    client.get().close();
  }
}

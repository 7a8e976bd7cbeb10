// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Posts to push services. A name is looked up here, what it led to is checked, and just that
/// address is connected to: another look-up, which could say something else, never happens. What a
/// service says is read up to a bound; redirects are not followed.
final class WebPushClient implements AutoCloseable {
  private static final int MAX_ANSWER_BYTES = 4 * 1024;
  private static final int MAX_WAITING = 10_000;
  private static final int CONNECTIONS = 16;

  private final VertxInternal vertx;
  private final HttpClient outside;
  private final Optional<HttpClient> inside;
  private final Duration patience;

  /// The endpoint leads to where nothing is pushed to.
  static final class Forbidden extends Exception {
    private static final long serialVersionUID = 1L;

    Forbidden() {
      super("address: a special one (expected: one of the open internet, port 443)");
    }
  }

  /// @param localCertificate see [WebPushConfig]
  /// @param patience with which the whole way of a request is bounded
  WebPushClient(Vertx vertx, String localCertificate, Duration patience) {
    this.vertx = (VertxInternal) vertx;
    this.patience = patience;
    this.outside = client(options());
    this.inside =
        localCertificate.isEmpty()
            ? Optional.empty()
            : Optional.of(client(options().setTrustOptions(trust(localCertificate))));
  }

  private static PemTrustOptions trust(String certificate) {
    if (!Files.isReadable(Path.of(certificate))) {
      throw new IllegalArgumentException(
          "push.web_push.local_certificate: "
              + certificate
              + " (expected: a PEM file that can be read)");
    }
    return new PemTrustOptions().addCertPath(certificate);
  }

  private HttpClientOptions options() {
    return new HttpClientOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setDecompressionSupported(false)
        .setConnectTimeout((int) patience.toMillis());
  }

  private HttpClient client(HttpClientOptions options) {
    PoolOptions pool =
        new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING);
    return vertx.httpClientBuilder().with(options).with(pool).build();
  }

  /// Posts it. The future fails with [Forbidden], or with what prevented an answer, within the
  /// patience.
  Future<WebPushAnswer> post(WebPushEndpoint endpoint, RequestOptions options, Buffer body) {
    Attempt attempt = new Attempt();
    return vertx
        .nameResolver()
        .resolve(endpoint.host())
        .compose(address -> request(endpoint, options, address))
        .compose(request -> attempt.exchange(request, body))
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(_ -> attempt.end());
  }

  private Future<HttpClientRequest> request(
      WebPushEndpoint endpoint, RequestOptions options, InetAddress address) {
    boolean isOutside = Addresses.isPublic(address) && endpoint.isUsualPort();
    if (!isOutside && (!address.isLoopbackAddress() || inside.isEmpty())) {
      return Future.failedFuture(new Forbidden());
    }
    options
        .setServer(
            SocketAddress.inetSocketAddress(endpoint.port(), NetUtil.toAddressString(address)))
        .setConnectTimeout(patience.toMillis());
    return (isOutside ? outside : inside.orElseThrow()).request(options);
  }

  // One request: what comes too late for it sends nothing more. Any thread; guarded by itself.
  private static final class Attempt {
    private Optional<HttpClientRequest> under = Optional.empty();
    private boolean hasEnded;

    synchronized Future<WebPushAnswer> exchange(HttpClientRequest request, Buffer body) {
      if (hasEnded) {
        var _ = request.reset();
        return Future.failedFuture(new TimeoutException());
      }
      under = Optional.of(request);
      return request.send(body).compose(it -> read(request, it));
    }

    // A connection that has swallowed one request would swallow the next.
    synchronized void end() {
      hasEnded = true;
      under.ifPresent(it -> it.connection().close());
    }
  }

  private static Future<WebPushAnswer> read(HttpClientRequest request, HttpClientResponse from) {
    Promise<WebPushAnswer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    from.handler(
        bytes -> {
          if (body.length() < MAX_ANSWER_BYTES) {
            body.appendBuffer(bytes, 0, Math.min(bytes.length(), MAX_ANSWER_BYTES));
          } else if (whole.tryComplete(answer(from, body))) {
            request.reset();
          }
        });
    from.endHandler(_ -> whole.tryComplete(answer(from, body)));
    from.exceptionHandler(whole::tryFail);
    return whole.future();
  }

  private static WebPushAnswer answer(HttpClientResponse from, Buffer body) {
    return new WebPushAnswer(
        from.statusCode(),
        Objects.requireNonNullElse(from.getHeader("retry-after"), "").strip(),
        body.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    outside.close();
    inside.ifPresent(HttpClient::close);
  }
}

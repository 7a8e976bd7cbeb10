// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Fetches one HTTPS address, again and again: from that host alone, with its certificate checked,
/// without following redirects, bounded in bytes and in time.
final class Download implements AutoCloseable {
  private static final int OK = 200;

  private final HttpClient client;
  private final HttpRequest request;
  private final Duration patience;
  // A request's own timeout ends with the response's head; interrupting a thread ends the body too.
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// Takes the address, and the authorities to trust.
  ///
  /// Throws `IllegalArgumentException` when the certificate file can't be used.
  Download(JwksConfig config, Duration patience) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(patience);
    if (!config.certificate().isEmpty()) {
      builder.sslContext(trusting(config.certificate()));
    }
    this.client = builder.build();
    this.request =
        HttpRequest.newBuilder(URI.create(config.location()))
            .timeout(patience)
            .header("accept", "application/jwk-set+json, application/json")
            .build();
    this.patience = patience;
  }

  private static SSLContext trusting(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("trusted-" + trusted.size(), each);
      }
      if (trusted.size() == 0) {
        throw new GeneralSecurityException("no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "auth.jwks_certificate: " + file + " can't be used (expected: certificates in PEM)", e);
    }
  }

  /// Returns the answer's body. Blocks, no longer than the patience.
  String fetch() throws IOException {
    Future<HttpResponse<byte[]>> answer =
        threads.submit(
            () ->
                client.send(
                    request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), KeyRing.MAX_BYTES)));
    try {
      HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        throw new IOException("status " + response.statusCode() + " (expected: 200)");
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (ExecutionException e) {
      throw new IOException(cause(e), e);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + patience.toMillis() + "ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  // Some say what they are by their name alone.
  private static String cause(ExecutionException e) {
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    String message = Objects.requireNonNullElse(cause.getMessage(), "");
    return message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.shutdownNow();
  }
}

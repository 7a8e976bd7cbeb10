// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import com.google.api.client.http.HttpTransport;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.TrustManagerFactory;

/// What we show to Google, and whom we believe to be Google. Each method throws
/// `IllegalArgumentException` that names the setting when a file can't be used.
final class FcmCredentials {
  // What Google's servers allow on a connection, and how many of those suffice for 10,000 pushes a
  // second, the quota, at a tenth of a second each.
  private static final int STREAMS = 100;
  private static final int CONNECTIONS = 10;

  private FcmCredentials() {}

  /// The service account, which asks for its access tokens through this transport, and once.
  static GoogleCredentials read(FcmConfig config, HttpTransport transport) {
    try (InputStream in = Files.newInputStream(Path.of(config.serviceAccount()))) {
      ServiceAccountCredentials account = ServiceAccountCredentials.fromStream(in, () -> transport);
      if (account.getProjectId() == null) {
        throw new IOException("no project_id");
      }
      return account.toBuilder().setDefaultRetriesEnabled(false).build();
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "push.fcm.service_account: "
              + config.serviceAccount()
              + " can't be used (expected: the JSON file with a service account's key)",
          e);
    }
  }

  /// Makes clients that trust whom the settings name.
  static Supplier<HttpClient> clients(Vertx vertx, FcmConfig config, Duration connectTimeout) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setUseAlpn(true)
            .setHttp2MultiplexingLimit(STREAMS)
            .setConnectTimeout((int) connectTimeout.toMillis());
    if (!config.authorities().isEmpty()) {
      options.setTrustOptions(trusting(config.authorities()));
    }
    PoolOptions pool = new PoolOptions().setHttp2MaxSize(CONNECTIONS);
    return () -> vertx.createHttpClient(options, pool);
  }

  private static TrustOptions trusting(String file) {
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
      return TrustOptions.wrap(trust.getTrustManagers()[0]);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "push.fcm.authorities: " + file + " can't be used (expected: certificates in PEM)", e);
    }
  }
}

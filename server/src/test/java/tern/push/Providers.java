// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tern.gateway.TestCertificate;
import tern.push.apns.FakeApns;
import tern.push.apns.SigningKey;
import tern.push.fcm.FakeFcm;
import tern.push.fcm.FcmConfig;
import tern.push.fcm.ServiceAccount;
import tern.push.webpush.FakePushService;

/// All push services at once, and the settings of a node that pushes to them.
public final class Providers implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Vertx vertx = Vertx.vertx();
  private final FakeApns apns;
  private final FakeFcm fcm;
  private final FakePushService browsers;
  private final Map<String, String> settings;

  /// Starts them.
  public Providers() {
    try {
      Path folder = Files.createTempDirectory("tern-providers-");
      folder.toFile().deleteOnExit();
      TestCertificate certificate = TestCertificate.in(folder);
      SigningKey key = SigningKey.in(folder);
      apns = new FakeApns(certificate);
      fcm = new FakeFcm(certificate, ServiceAccount.create());
      browsers = new FakePushService(vertx, certificate);
      FcmConfig google = fcm.config(folder);
      settings =
          Map.of(
              "TERN_PUSH_APNS_KEY", key.file().toString(),
              "TERN_PUSH_APNS_KEY_ID", SigningKey.KEY_ID,
              "TERN_PUSH_APNS_TEAM_ID", SigningKey.TEAM_ID,
              "TERN_PUSH_APNS_HOST", "localhost",
              "TERN_PUSH_APNS_PORT", Integer.toString(apns.port()),
              "TERN_PUSH_APNS_AUTHORITIES", certificate.chain(),
              "TERN_PUSH_FCM_SERVICE_ACCOUNT", google.serviceAccount(),
              "TERN_PUSH_FCM_ENDPOINT", google.endpoint(),
              "TERN_PUSH_FCM_AUTHORITIES", certificate.chain(),
              "TERN_PUSH_WEB_PUSH_LOCAL_CERTIFICATE", certificate.chain());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a node must be told, beside these.
  public Map<String, String> settings(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("TERN_PUSH_WEB_PUSH_CONTACT", "mailto:ops@example.com");
    all.putAll(more);
    return all;
  }

  /// Apple's.
  public FakeApns apns() {
    return apns;
  }

  /// Google's.
  public FakeFcm fcm() {
    return fcm;
  }

  /// The browsers'.
  public FakePushService browsers() {
    return browsers;
  }

  @Override
  public void close() {
    apns.close();
    fcm.close();
    browsers.close();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}

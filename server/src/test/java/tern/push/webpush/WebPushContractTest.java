// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tern.device.PushRegistration;
import tern.gateway.TestCertificate;
import tern.push.PushSender;
import tern.push.PushSenderContract;

/// The contract, with a push service that decrypts.
class WebPushContractTest extends PushSenderContract {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final VapidKeys KEYS = VapidKeys.generate();
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir private static Path folder;
  private static TestCertificate certificate;

  private FakePushService service;
  private WebPushSender sender;

  @BeforeAll
  static void makeACertificate() throws IOException, GeneralSecurityException {
    certificate = TestCertificate.in(folder);
  }

  @BeforeEach
  void start() {
    service = new FakePushService(VERTX, certificate);
    WebPushConfig config = new WebPushConfig("mailto:ops@example.com", certificate.chain());
    sender = new WebPushSender(VERTX, KEYS, config, Clock.systemUTC(), PATIENCE);
  }

  @AfterEach
  void closeTheService() {
    service.close();
  }

  @AfterAll
  static void closeVertx() {
    var _ = VERTX.close();
  }

  @Override
  protected PushRegistration registration(int number) {
    return service.subscribe("browser-" + number);
  }

  @Override
  protected PushSender sender() {
    return sender;
  }

  @Override
  protected int accepted() {
    return service.log().size();
  }

  @Override
  protected void serviceAccepts() {
    service.works();
  }

  @Override
  protected void serviceRefuses() {
    service.answers(403, Map.of(), "");
  }

  @Override
  protected void serviceBuries() {
    service.answers(410, Map.of(), "");
  }

  @Override
  protected void serviceHangs() {
    service.hangs();
  }

  @Override
  protected void serviceIsDown() {
    service.goesDown();
  }

  @Override
  protected void serviceIsBusy() {
    service.answers(503, Map.of(), "");
  }

  @Override
  protected boolean serviceAsksToWait(Duration time) {
    service.answers(429, Map.of("retry-after", Long.toString(time.toSeconds())), "");
    return true;
  }
}

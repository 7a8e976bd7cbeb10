// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tern.device.PushRegistration;
import tern.gateway.TestCertificate;
import tern.push.PushSender;
import tern.push.PushSenderContract;
import tern.push.SamplePushes;

/// What every sender promises, of the one to Google.
final class FcmSenderTest extends PushSenderContract {
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  @TempDir private static Path folder;
  private static TestCertificate certificate;
  private static ServiceAccount account;

  private final Vertx vertx = Vertx.vertx();
  private FakeFcm fcm;
  private FcmSender sender;

  @BeforeAll
  static void makeKeys() throws IOException, GeneralSecurityException {
    certificate = TestCertificate.in(folder);
    account = ServiceAccount.create();
    warmUp();
  }

  // The first push loads so many classes that a busy machine may miss the deadline.
  private static void warmUp() throws IOException {
    Vertx vertx = Vertx.vertx();
    try (FakeFcm fcm = new FakeFcm(certificate, account);
        FcmSender sender = new FcmSender(vertx, fcm.config(folder), Clock.systemUTC())) {
      sender
          .send(SamplePushes.clear(new PushRegistration.FcmToken("warm")))
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(30, TimeUnit.SECONDS)
          .join();
    } finally {
      vertx.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    fcm = new FakeFcm(certificate, account);
    sender = new FcmSender(vertx, fcm.config(folder), Clock.systemUTC(), DEADLINE);
  }

  @AfterEach
  void stop() {
    fcm.close();
    vertx.close();
  }

  @Override
  protected PushRegistration registration(int number) {
    return new PushRegistration.FcmToken("token-of-device-" + number);
  }

  @Override
  protected PushSender sender() {
    return sender;
  }

  @Override
  protected int accepted() {
    return fcm.accepted().size();
  }

  @Override
  protected void serviceAccepts() {
    fcm.accepts();
    fcm.wire().mend();
  }

  @Override
  protected void serviceRefuses() {
    fcm.answers(FcmReply.invalid("message.android.notification.image"));
  }

  @Override
  protected void serviceBuries() {
    fcm.answers(FcmReply.unregistered());
  }

  @Override
  protected void serviceHangs() {
    fcm.wire().freeze();
  }

  @Override
  protected void serviceIsDown() {
    fcm.wire().cut();
  }

  @Override
  protected void serviceIsBusy() {
    fcm.answers(FcmReply.unavailable(Optional.of("40")));
  }

  @Override
  protected boolean serviceAsksToWait(Duration time) {
    fcm.answers(FcmReply.quotaExceeded(Optional.of(Long.toString(time.toSeconds()))));
    return true;
  }
}

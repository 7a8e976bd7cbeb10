// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

import com.eatthepath.pushy.apns.server.RejectionReason;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tern.device.PushRegistration;
import tern.gateway.TestCertificate;
import tern.push.PushSender;
import tern.push.PushSenderContract;

/// What every sender promises, of the one to Apple.
final class ApnsSenderTest extends PushSenderContract {
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  @TempDir private static Path folder;
  private static TestCertificate certificate;
  private static SigningKey key;

  private FakeApns apns;
  private ApnsSender sender;

  @BeforeAll
  static void makeKeys() throws IOException, GeneralSecurityException {
    certificate = TestCertificate.in(folder);
    key = SigningKey.in(folder);
  }

  @BeforeEach
  void start() throws IOException {
    apns = new FakeApns(certificate);
    sender = new ApnsSender(apns.config(key), Clock.systemUTC(), DEADLINE);
  }

  @AfterEach
  void stop() {
    apns.close();
  }

  @Override
  protected PushRegistration registration(int number) {
    return new PushRegistration.Apns("a1b2c3%08x".formatted(number), "com.example.app", false);
  }

  @Override
  protected PushSender sender() {
    return sender;
  }

  @Override
  protected int accepted() {
    return apns.accepted().size();
  }

  @Override
  protected void serviceAccepts() {
    apns.accepts();
    apns.wire().mend();
  }

  @Override
  protected void serviceRefuses() {
    apns.refuses(RejectionReason.DEVICE_TOKEN_NOT_FOR_TOPIC);
  }

  @Override
  protected void serviceBuries() {
    apns.buries(Instant.now().minus(Duration.ofDays(1)));
  }

  @Override
  protected void serviceHangs() {
    apns.wire().freeze();
  }

  @Override
  protected void serviceIsDown() {
    apns.wire().cut();
  }

  @Override
  protected void serviceIsBusy() {
    apns.refuses(RejectionReason.SERVICE_UNAVAILABLE);
  }

  @Override
  protected boolean serviceAsksToWait(Duration time) {
    apns.refuses(RejectionReason.TOO_MANY_REQUESTS);
    return false;
  }
}

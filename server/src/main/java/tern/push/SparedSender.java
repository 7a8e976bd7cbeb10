// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.store.Breaker;

/// Spares a push service that does not answer: after some failures in a row pushes fail at once for
/// a while, and wait in the store, save one that is to see whether it is back.
public final class SparedSender implements PushSender {
  private static final Logger LOG = LoggerFactory.getLogger(SparedSender.class);

  private final String name;
  private final PushSender sender;
  private final Breaker breaker;

  /// @param name the service's, for the log and for health
  public SparedSender(String name, PushSender sender, LongSupplier nanoClock) {
    this.name = name;
    this.sender = sender;
    this.breaker = new Breaker(nanoClock);
  }

  @Override
  public Future<PushOutcome> send(Push push) {
    if (!breaker.mayAsk()) {
      return Future.succeededFuture(new PushOutcome.Failed("spared", Optional.of(Breaker.PAUSE)));
    }
    return sender.send(push).onSuccess(this::note);
  }

  // What it asks to wait for is an answer, too.
  private void note(PushOutcome outcome) {
    boolean failed = outcome instanceof PushOutcome.Failed(String _, var wait) && wait.isEmpty();
    if (!failed) {
      breaker.answered();
    } else if (breaker.failed()) {
      LOG.atWarn()
          .addKeyValue("service", name)
          .addKeyValue("cause", ((PushOutcome.Failed) outcome).cause())
          .log("a push service does not answer, pushes wait");
    }
  }

  /// The service's name.
  public String name() {
    return name;
  }

  /// Whether pushes wait because it does not answer.
  public boolean isSpared() {
    return breaker.isOpen();
  }

  @Override
  public void close() {
    sender.close();
  }
}

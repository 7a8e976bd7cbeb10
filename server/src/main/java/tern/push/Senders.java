// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import io.vertx.core.Future;
import java.util.Map;

/// Hands each push to the sender for its registration's kind.
public final class Senders implements PushSender {
  private final Map<Integer, PushSender> byKind;

  /// @param byKind see [PushRegistration#kind]; what is pushed to another is refused
  public Senders(Map<Integer, PushSender> byKind) {
    this.byKind = Map.copyOf(byKind);
  }

  @Override
  public Future<PushOutcome> send(Push push) {
    PushSender sender = byKind.get(push.to().kind());
    return sender == null
        ? Future.succeededFuture(new PushOutcome.Refused("NOT_CONFIGURED"))
        : sender.send(push);
  }

  @Override
  public void close() {
    byKind.values().stream().distinct().forEach(PushSender::close);
  }
}

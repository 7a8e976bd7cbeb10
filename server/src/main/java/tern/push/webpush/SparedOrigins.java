// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.vertx.core.Future;
import java.net.URI;
import java.util.function.LongSupplier;
import tern.device.PushRegistration;
import tern.push.Push;
import tern.push.PushOutcome;
import tern.push.PushSender;
import tern.push.SparedSender;

/// Spares each push service of browsers that does not answer, by its origin: whoever registers one
/// that never does silences nobody else.
///
/// It remembers a thousand; of more, those that are asked the least are met again without
/// prejudice.
public final class SparedOrigins implements PushSender {
  private static final int MOST = 1_000;

  private final PushSender sender;
  private final LoadingCache<URI, SparedSender> origins;

  /// @param sender for all of them; closed with this
  public SparedOrigins(PushSender sender, LongSupplier nanoClock) {
    this.sender = sender;
    this.origins =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            // An origin may be a person's own: the log names none.
            .build(_ -> new SparedSender("web_push", sender, nanoClock));
  }

  @Override
  public Future<PushOutcome> send(Push push) {
    if (!(push.to() instanceof PushRegistration.WebPush browser)) {
      return sender.send(push);
    }
    URI origin;
    try {
      origin = WebPushEndpoint.of(browser.endpoint()).origin();
    } catch (IllegalArgumentException _) {
      // The sender says what is wrong with it.
      return sender.send(push);
    }
    return origins.get(origin).send(push);
  }

  /// How many do not answer.
  public long spared() {
    return origins.asMap().values().stream().filter(SparedSender::isSpared).count();
  }

  @Override
  public void close() {
    sender.close();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import tern.auth.Secret;
import tern.moderation.hook.HookConfig;
import tern.store.Database;

/// Moderation without a node around it.
final class Moderations {
  private static final Secret NONE = new Secret(new byte[0]);

  private Moderations() {}

  /// With the rules that stand there, and nobody to ask.
  static Moderation on(Database database) {
    HookConfig hook = new HookConfig("", NONE, NONE, Duration.ofSeconds(1), "open", 1);
    return Moderation.open(database, new ModerationConfig(1, hook), new SimpleMeterRegistry());
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.auth.Secret;
import tern.moderation.hook.Hook;
import tern.moderation.hook.HookAnswer;
import tern.moderation.hook.HookConfig;
import tern.moderation.hook.HookMetrics.Ending;

/// What is counted as an answer, and what as silence.
final class HookEndingTest {
  @AutoClose private final TestHook backend = new TestHook();

  private final List<Ending> endings = new CopyOnWriteArrayList<>();

  private Hook hook() {
    Map<String, String> settings = backend.settings("closed", "5s");
    HookConfig config =
        new HookConfig(
            settings.getOrDefault("TERN_MODERATION_HOOK_URL", ""),
            new Secret(TestHook.SECRET.getBytes(StandardCharsets.UTF_8)),
            new Secret(new byte[0]),
            Duration.ofSeconds(5),
            "closed",
            1);
    return Hook.of(config, (ending, _) -> endings.add(ending), Clock.systemUTC()).orElseThrow();
  }

  @Test
  void aRewriteWithoutContentIsAFailureAndAfterFiveNobodyIsAsked() {
    backend.answers(_ -> "{\"action\":\"rewrite\"}");
    try (Hook hook = hook()) {
      for (int i = 0; i < 6; i++) {
        assertThat(hook.ask("id", "{}", _ -> true)).isEqualTo(new HookAnswer.Silent());
      }
    }

    assertThat(endings)
        .containsExactly(
            Ending.FAILED,
            Ending.FAILED,
            Ending.FAILED,
            Ending.FAILED,
            Ending.FAILED,
            Ending.SKIPPED);
  }

  @Test
  void aRewriteWithContentIsAnAnswer() {
    backend.answers(_ -> "{\"action\":\"rewrite\",\"content\":{\"text\":{}}}");
    try (Hook hook = hook()) {
      assertThat(hook.ask("id", "{}", _ -> true))
          .isEqualTo(new HookAnswer.Rewritten("{\"text\":{}}"));
    }

    assertThat(endings).containsExactly(Ending.REWRITTEN);
  }

  @Test
  void aRewriteThatDoesNotFitIsARefusalAndNeverMakesItAskedLess() {
    backend.answers(_ -> "{\"action\":\"rewrite\",\"content\":{\"text\":{}}}");
    try (Hook hook = hook()) {
      for (int i = 0; i < 6; i++) {
        assertThat(hook.ask("id", "{}", _ -> false)).isEqualTo(new HookAnswer.Refused(""));
      }
    }

    assertThat(endings).hasSize(6).containsOnly(Ending.UNFIT);
  }
}

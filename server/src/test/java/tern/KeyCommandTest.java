// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tern.auth.key.Scope;

/// What the command line says of API keys.
final class KeyCommandTest {
  @Test
  void helpTellsEveryScopeThatThereIs() {
    String help = command(command(new CommandLine(new Main()), "key"), "create").getUsageMessage();

    assertThat(help)
        .contains(Arrays.stream(Scope.values()).map(Scope::text).toArray(String[]::new));
  }

  private static CommandLine command(CommandLine of, String name) {
    return Objects.requireNonNull(of.getSubcommands().get(name));
  }
}

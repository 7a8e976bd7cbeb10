// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The commands that the README shows exist, with the options that it gives them.
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Set<String> OF_THE_SERVER = Set.of("demo", "serve", "token", "key");
  private static final Set<String> OF_THE_LAUNCHER = Set.of("test", "test --quick", "help");

  @Test
  void everyCommandExists() throws IOException {
    List<String> commands = commands();

    assertThat(commands).contains("demo", "test");
    for (String command : commands) {
      assertThatCode(() -> parse(command)).as("./tern " + command).doesNotThrowAnyException();
    }
  }

  private static void parse(String command) {
    List<String> words = List.of(command.split("\\s+", -1));
    if (OF_THE_SERVER.contains(words.getFirst())) {
      new CommandLine(new tern.Main()).parseArgs(words.toArray(String[]::new));
    } else if (words.getFirst().equals("loadtest")) {
      Loadtest.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    } else if (!OF_THE_LAUNCHER.contains(command)) {
      fail("no such command (expected: one of ./tern help)");
    }
  }

  // What stands behind ./tern in the blocks of commands.
  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    boolean inBlock = false;
    for (String line : Files.readAllLines(README)) {
      if (line.startsWith("```")) {
        inBlock = line.equals("```sh");
      } else if (inBlock && line.startsWith("./tern ")) {
        commands.add(line.substring("./tern ".length()).replaceFirst("\\s+#.*", "").strip());
      }
    }
    return commands;
  }
}

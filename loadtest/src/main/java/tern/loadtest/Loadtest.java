// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tern.Main;
import tern.loadtest.push.PushCommand;
import tern.loadtest.speed.ChatCommand;
import tern.loadtest.speed.FanoutCommand;
import tern.loadtest.speed.OpenCommand;
import tern.loadtest.verify.VerifyCommand;

/// Drives a Tern from outside, as many clients would. Exit codes of all scenarios: 0 well, 1
/// broken, 2 too little happened, 64 wrong usage, 70 could not run.
@Command(
    name = "loadtest",
    mixinStandardHelpOptions = true,
    description = "Measures how fast Tern is, and proves that nothing is lost.",
    subcommands = {
      ChatCommand.class,
      FanoutCommand.class,
      OpenCommand.class,
      PushCommand.class,
      VerifyCommand.class
    })
public final class Loadtest {
  private static final int WRONG_USAGE = 64;
  private static final int COULD_NOT_RUN = 70;

  private Loadtest() {}

  /// Runs the scenario that the arguments name.
  public static void main(String[] arguments) {
    // The server's logs are the server's: what its libraries say in the driver is not of interest.
    System.setProperty("logback.configurationFile", "logback-loadtest.xml");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Loadtest());
    // The server's: they are built and released together.
    String[] version = CommandLine.Model.CommandSpec.forAnnotatedObject(new Main()).version();
    line.getCommandSpec().version(version);
    line.getSubcommands().values().forEach(each -> each.getCommandSpec().version(version));
    line.registerConverter(Duration.class, new DurationText());
    line.setExecutionExceptionHandler(
        (failure, command, _) -> {
          command.getErr().println(command.getColorScheme().errorText(told(failure)));
          return failure instanceof IllegalArgumentException ? WRONG_USAGE : COULD_NOT_RUN;
        });
    line.setParameterExceptionHandler(
        (failure, _) -> {
          failure.getCommandLine().getErr().println(failure.getMessage());
          failure.getCommandLine().usage(failure.getCommandLine().getErr());
          return WRONG_USAGE;
        });
    return line;
  }

  private static String told(Exception failure) {
    StringBuilder told = new StringBuilder(String.valueOf(failure.getMessage()));
    Throwable cause = failure.getCause();
    while (cause != null) {
      told.append("\n  because: ").append(cause);
      cause = cause.getCause();
    }
    return told.toString();
  }
}

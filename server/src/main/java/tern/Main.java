// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import tern.auth.AuthConfig;
import tern.auth.TokenIssuer;
import tern.id.DeviceId;
import tern.id.UserId;

/// The command line: reads the settings, starts, stops on a signal.
@Command(
    name = "tern",
    description = "A chat server that an app team runs itself.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "tern 0.1.0",
    subcommands = KeyCommand.class,
    subcommandsRepeatable = false)
public final class Main {
  private static final int CANNOT_START = 1;
  private static final int LOST = 3;

  private final PrintStream out = System.out;

  // What a command may change of the settings.
  static final class Changes {
    @Option(names = "--port", description = "port to listen on; 0: any free one")
    @Nullable Integer port; // null: as the settings say

    @Option(names = "--data", description = "folder for what Tern keeps")
    @Nullable Path data; // null: as the settings say

    TernConfig applied() {
      Map<String, String> environment = new HashMap<>(System.getenv());
      if (port != null) {
        environment.put("TERN_HTTP_PORT", port.toString());
      }
      if (data != null) {
        environment.put("TERN_DATA_DIR", data.toAbsolutePath().toString());
      }
      return Settings.read(
          environment, Path.of(environment.getOrDefault("TERN_CONFIG", "tern.yaml")));
    }
  }

  @Command(description = "Serves your app; settings in tern.yaml or TERN_... variables.")
  int serve(@Mixin Changes changes) throws Exception {
    TernConfig config = changes.applied();
    return run(config, config.auth().forServe(), false);
  }

  @Command(description = "Serves the playground, on this machine alone, with a secret of its own.")
  int demo(@Mixin Changes changes) throws Exception {
    TernConfig config = changes.applied();
    if (!InetAddress.ofLiteral(config.http().host()).isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "http.host: "
              + config.http().host()
              + " (expected: 127.0.0.1, for the demo gives a token to whoever asks)");
    }
    return run(config.forDemo(), config.auth().forDemo(config.dataFolder()), true);
  }

  @Command(
      description = "Prints an access token for a user, signed with your secret or the demo's.")
  int token(
      @Mixin Changes changes,
      @Option(names = "--user", required = true, description = "the user's id") String user,
      @Option(names = "--hours", defaultValue = "24", description = "how long it is good")
          int hours,
      @Option(names = "--device", description = "the one device that may bring it; any without")
          @Nullable String device) {
    TernConfig config = changes.applied();
    AuthConfig auth = config.auth().forDemo(config.dataFolder());
    TokenIssuer issuer = new TokenIssuer(auth);
    Duration lifetime = Duration.ofHours(hours);
    out.println(
        device == null
            ? issuer.issue(new UserId(user), lifetime, Clock.systemUTC())
            : issuer.issue(new UserId(user), lifetime, Clock.systemUTC(), new DeviceId(device)));
    return 0;
  }

  private int run(TernConfig config, AuthConfig auth, boolean isDemo) throws Exception {
    FutureTask<TernServer> starting = new FutureTask<>(() -> new TernServer(config, auth, isDemo));
    // Before anything has begun: what is asked to stop while it starts leaves nothing behind.
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(starting, stopped)));
    starting.run();
    TernServer server = started(starting);
    server.onLost(() -> Thread.ofPlatform().start(() -> System.exit(LOST)));
    String scheme = config.http().tlsCertificate().isEmpty() ? "http" : "https";
    out.println("tern: ready on " + scheme + "://" + config.http().host() + ":" + server.port());
    stopped.await();
    return 0;
  }

  private static TernServer started(FutureTask<TernServer> starting) throws Exception {
    try {
      return starting.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static void stop(FutureTask<TernServer> starting, CountDownLatch stopped) {
    try {
      starting.get().close();
    } catch (ExecutionException | InterruptedException _) {
      // It did not start, and has ended what it had begun.
    }
    stopped.countDown();
  }

  /// Runs a command; ends with 0, 1 when it can't start, 2 when it is misused, 3 when its store is
  /// lost.
  public static void main(String[] arguments) {
    CommandLine commands = new CommandLine(new Main());
    commands.setExecutionExceptionHandler(
        (e, line, _) -> {
          line.getErr().println("tern: " + e.getMessage());
          return CANNOT_START;
        });
    System.exit(commands.execute(arguments));
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tern.loadtest.history.History;
import tern.loadtest.judge.Judge;
import tern.loadtest.judge.Verdict;
import tern.loadtest.node.OwnNode;
import tern.loadtest.push.PushServices;
import tern.loadtest.report.Progress;
import tern.loadtest.target.Target;
import tern.loadtest.target.TargetOptions;
import tern.store.EmbeddedPostgres;

/// `verify`: lets many people chat at random while the server is killed under them, and judges what
/// they saw.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Proves that nothing is lost, doubled, disordered or shown to the wrong people.",
      "Exit code 0: all held. 1: something was broken. 2: too little happened to tell.",
      "",
      "Example: loadtest verify --duration 60s --kill 10 --json out.json"
    })
public final class VerifyCommand implements Callable<Integer> {
  @Mixin private final TargetOptions options = new TargetOptions();

  @Option(names = "--self-test", description = "Judges recorded histories with planted faults.")
  private boolean selfTest;

  @Option(
      names = "--duration",
      defaultValue = "60s",
      description =
          "How long people act, such as 60s or 5m (${DEFAULT-VALUE}); as long again at most where"
              + " chance has left too little of something.")
  private Duration duration = Duration.ofMinutes(1);

  @Option(
      names = "--kill",
      defaultValue = "0",
      description =
          "Kills the node so often with -9, every other time with its PostgreSQL. Where lives are"
              + " shorter than 15 s its JVM compiles quickly rather than well.")
  private int kills;

  @Option(
      names = "--push",
      description = {
        "Also wakes people's phones through push services of this process, which outlive the node,",
        "and judges that each is pushed what it is owed and nothing else; kills then wait for",
        "pushes that are on their way, and for the node to have lived 8 s."
      })
  private boolean push;

  @Option(names = "--seed", description = "Repeats the decisions of a run; drawn if not given.")
  private long seed = new Random().nextInt(Integer.MAX_VALUE);

  @Option(
      names = "--clients",
      description = "Devices, outsiders among them (200; with --push 40 beside those of its own).")
  private @Nullable Integer clients;

  @Option(
      names = "--conversations",
      description = "Conversations, a tenth of them large (50; with --push 10 beside its own).")
  private @Nullable Integer conversations;

  @Option(
      names = "--database-url",
      paramLabel = "JDBC-URL",
      description =
          "With --url: where the server keeps its data, to be read by SQL at the end; while the run"
              + " lasts, the schema verify there notes changes.")
  private @Nullable String databaseUrl;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the outcome as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description =
          "Writes everything that each client saw, one thing a line; when something is broken, it is"
              + " written to verify-SEED.log without asking.")
  private @Nullable Path historyFile;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    if (selfTest) {
      return SelfTest.run(System.out) ? 0 : 1;
    }
    VerifySettings settings =
        new VerifySettings(
            duration,
            kills,
            seed,
            Objects.requireNonNullElse(clients, push ? 40 : 200),
            Objects.requireNonNullElse(conversations, push ? 10 : 50));
    Progress progress = new Progress();
    progress.say("starting; seed " + seed);
    RunClock clock = new RunClock();
    if (!push) {
      return run(settings, clock, progress, Optional.empty());
    }
    try (PushServices services = new PushServices(clock::now)) {
      return run(settings, clock, progress, Optional.of(services));
    }
  }

  private int run(
      VerifySettings settings, RunClock clock, Progress progress, Optional<PushServices> services)
      throws SQLException, InterruptedException {
    Map<String, String> told = services.map(PushServices::settings).orElse(Map.of());
    try (Target target = options.open(settings.jvmOptions(), told)) {
      StoreAccess store = new StoreAccess(door(target));
      VerifyRun run = new VerifyRun(target, settings, store, clock, progress);
      History history = run.play(services);
      progress.say("judging");
      Verdict verdict = Judge.judge(history);
      keep(history, verdict);
      progress.end();
      Outcome outcome = new Outcome(history, verdict, run.tally(), run.kills(), settings);
      outcome.print(System.out);
      if (json != null) {
        outcome.report().write(json);
      }
      return conclude(outcome, System.out);
    }
  }

  // What broke is worth looking at, asked for or not.
  private void keep(History history, Verdict verdict) {
    Path file = historyFile;
    if (file == null && !verdict.isClean()) {
      file = Path.of("verify-" + seed + ".log");
      System.err.println("what each client saw is in " + file.toAbsolutePath());
    }
    if (file != null) {
      HistoryFile.write(history, file);
    }
  }

  private StoreAccess.Door door(Target target) {
    if (target.own().isPresent()) {
      OwnNode own = target.own().get();
      return () -> EmbeddedPostgres.connect(own.dataDir());
    }
    String given = databaseUrl;
    if (given == null || kills > 0) {
      throw new IllegalArgumentException(
          "--url needs --database-url, and can't --kill what it did not start");
    }
    return () -> DriverManager.getConnection(given);
  }

  private static int conclude(Outcome outcome, PrintStream out) {
    if (!outcome.verdict().isClean()) {
      out.println("BROKEN");
      return 1;
    }
    List<String> lacking = outcome.lacking();
    if (!lacking.isEmpty()) {
      out.println("TOO LITTLE HAPPENED: " + String.join(", ", lacking));
      return 2;
    }
    out.println("ALL HELD");
    return 0;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tern.auth.key.ApiKey;
import tern.auth.key.ApiKeys;
import tern.auth.key.Scope;
import tern.store.Store;

/// `./tern key`: makes, lists and revokes API keys. Works on the database of a node that runs, or
/// starts the embedded one for as long as it takes.
@Command(
    name = "key",
    description = "Makes, lists and revokes the API keys of your app's backend.",
    subcommandsRepeatable = false)
final class KeyCommand {
  // For the help, so that it tells of all there are: a line each, for picocli breaks lines at
  // colons.
  static final class Scopes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Scope.values()).map(it -> "\n" + it.text()).iterator();
    }
  }

  /// Set by picocli before a command runs.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Command(
      description = {
        "Makes a key and prints it, once; only a hash of it is kept.",
        "Two keys of one name may be valid at a time: make the new one, let your backend use it,"
            + " revoke the old one."
      })
  int create(
      @Mixin Main.Changes changes,
      @Option(
              names = "--scope",
              required = true,
              split = ",",
              completionCandidates = Scopes.class,
              description = "what it may do, some of: ${COMPLETION-CANDIDATES}")
          List<String> scopes,
      @Option(names = "--name", defaultValue = "backend", description = "of what uses it")
          String name) {
    Set<Scope> granted =
        scopes.stream()
            .map(Scope::parse)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
    String key = withKeys(changes, keys -> keys.create(name, granted));
    out().println(key);
    return 0;
  }

  @Command(description = "Lists all keys, revoked ones too, without what is secret of them.")
  int list(@Mixin Main.Changes changes) {
    String line = "%-12s  %-16s  %-20s  %-20s  %-20s  %s%n";
    PrintWriter out = out();
    List<ApiKey> keys = withKeys(changes, ApiKeys::list);
    out.printf(line, "ID", "NAME", "CREATED", "LAST USED", "REVOKED", "SCOPES");
    for (ApiKey key : keys) {
      out.printf(
          line,
          key.id(),
          key.name(),
          second(key.createdAt()),
          key.lastUsedAt().map(KeyCommand::second).orElse("never"),
          key.revokedAt().map(KeyCommand::second).orElse("-"),
          key.scopes().stream().map(Scope::text).sorted().collect(Collectors.joining(",")));
    }
    out.flush();
    return 0;
  }

  @Command(description = "Revokes a key for good; within a second it opens nothing.")
  int revoke(
      @Mixin Main.Changes changes,
      @Parameters(paramLabel = "ID", description = "the key's id, as list shows it") String id) {
    if (!withKeys(changes, keys -> keys.revoke(id))) {
      throw new IllegalArgumentException(
          "no valid key has this id (expected: one that ./tern key list shows, not yet revoked)");
    }
    out().println("revoked " + id);
    return 0;
  }

  private static <T> T withKeys(Main.Changes changes, Function<ApiKeys, T> work) {
    TernConfig config = changes.applied();
    return Store.use(
        config.database(), config.dataFolder(), database -> work.apply(new ApiKeys(database)));
  }

  private static String second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

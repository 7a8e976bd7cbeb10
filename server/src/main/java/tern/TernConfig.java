// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.nio.file.Path;
import tern.gateway.http.HttpConfig;
import tern.gateway.request.LimitsConfig;
import tern.gateway.socket.GatewayConfig;
import tern.message.history.CatchUpConfig;
import tern.message.intake.IntakeConfig;
import tern.moderation.ModerationConfig;
import tern.push.PushConfig;
import tern.search.SearchConfig;
import tern.store.DatabaseConfig;
import tern.watch.WatchConfig;

/// All settings of a node; each part stands beside its feature, and each setting with its meaning
/// in `tern.yaml`.
///
/// @param dataDir where Tern keeps what is its own
public record TernConfig(
    String dataDir,
    HttpConfig http,
    DatabaseConfig database,
    AuthSettings auth,
    GatewayConfig gateway,
    LimitsConfig limits,
    IntakeConfig intake,
    CatchUpConfig catchUp,
    WatchConfig open,
    SearchConfig search,
    ModerationConfig moderation,
    PushConfig push) {
  /// The data folder; a relative one lies in Tern's home, which the launcher names, or where the
  /// process was started.
  Path dataFolder() {
    return Path.of(System.getProperty("tern.home", "")).resolve(dataDir).toAbsolutePath();
  }

  /// The same, with what the playground needs of a server that no backend stands beside.
  TernConfig forDemo() {
    return new TernConfig(
        dataDir,
        http,
        database,
        auth,
        gateway,
        limits,
        intake,
        catchUp,
        open.forDemo(),
        search,
        moderation,
        push.forDemo());
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How a node is started: where its data is, which secret it believes, with rates that no load
/// reaches.
public record NodeSettings(Path dataDir, String secret, int port) {
  private static final String UNREACHED = "1000000";

  // The same JVM as the launcher's.
  List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseCompactObjectHeaders",
        "-XX:+UseG1GC",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dio.netty.noUnsafe=false",
        "-cp",
        System.getProperty("java.class.path"),
        "tern.Main",
        "serve");
  }

  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("TERN_DATA_DIR", dataDir.toString());
    environment.put("TERN_HTTP_PORT", Integer.toString(port));
    environment.put("TERN_AUTH_SECRET", secret);
    environment.put("TERN_LIMITS_MESSAGES_PER_SECOND", UNREACHED);
    environment.put("TERN_LIMITS_MESSAGES_BURST", UNREACHED);
    environment.put("TERN_GATEWAY_FRAMES_PER_SECOND", UNREACHED);
    environment.put("TERN_GATEWAY_FRAMES_BURST", UNREACHED);
    return environment;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How a node is started: where its data is, which secret it believes, with rates that no load
/// reaches.
///
/// @param jvmOptions beside those that every node has
/// @param given further settings, by the names of environment variables
public record NodeSettings(
    Path dataDir, String secret, int port, List<String> jvmOptions, Map<String, String> given) {
  private static final String UNREACHED = "1000000";
  private static final Path SERVER = Path.of(System.getProperty("tern.home", ""), "server");
  private static final Path CACHE = SERVER.resolve("target/tern-server.aot");
  // Set when this start is to be recorded for later ones.
  private static final boolean RECORDS = Boolean.getBoolean("tern.record");

  // As the launcher starts it.
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + SERVER.resolve("jvm.options"));
    if (RECORDS) {
      command.add("-XX:AOTCacheOutput=" + CACHE);
    } else if (Files.exists(CACHE)) {
      command.add("-XX:AOTCache=" + CACHE);
    }
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(SERVER.resolve("target/tern-server.jar").toString());
    command.add("serve");
    return command;
  }

  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("TERN_DATA_DIR", dataDir.toString());
    environment.put("TERN_HTTP_PORT", Integer.toString(port));
    environment.put("TERN_AUTH_SECRET", secret);
    environment.put("TERN_OPEN_USERS_CREATE", "true");
    environment.put("TERN_LIMITS_MESSAGES_PER_SECOND", UNREACHED);
    environment.put("TERN_LIMITS_MESSAGES_BURST", UNREACHED);
    environment.put("TERN_LIMITS_FAILED_JOINS_PER_MINUTE", UNREACHED);
    environment.put("TERN_LIMITS_FAILED_JOINS_OF_ADDRESS_PER_MINUTE", UNREACHED);
    environment.put("TERN_GATEWAY_FRAMES_PER_SECOND", UNREACHED);
    environment.put("TERN_GATEWAY_FRAMES_BURST", UNREACHED);
    environment.putAll(given);
    return environment;
  }
}

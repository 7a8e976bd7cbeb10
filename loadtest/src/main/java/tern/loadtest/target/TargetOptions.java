// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.target;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tern.loadtest.client.Address;
import tern.loadtest.node.OwnNode;

/// The options that every scenario has for choosing the server.
public final class TargetOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Drives the server that listens there. Without it a node of its own is started in a"
              + " temporary folder.")
  private @Nullable String url;

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      defaultValue = "${env:TERN_AUTH_SECRET}",
      description = "With --url: the secret that signs access tokens (or TERN_AUTH_SECRET).")
  private @Nullable String secret;

  /// Opens the server; throws `IllegalArgumentException` when the options don't fit together.
  public Target open() {
    return open(List.of());
  }

  /// The same; a node of its own also gets these options of its JVM.
  public Target open(List<String> jvmOptions) {
    return open(jvmOptions, Map.of());
  }

  /// The same, with settings, by the names of environment variables.
  public Target open(List<String> jvmOptions, Map<String, String> settings) {
    if (url == null) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      String own = HexFormat.of().formatHex(random);
      OwnNode node = OwnNode.start(own, jvmOptions, settings);
      return new Target(node.address(), own, Optional.of(node));
    }
    if (!settings.isEmpty()) {
      throw new IllegalArgumentException("--url: this needs a node of its own, with settings");
    }
    if (secret == null || secret.isEmpty()) {
      throw new IllegalArgumentException(
          "--url needs --secret, the server's TERN_AUTH_SECRET, to sign access tokens with");
    }
    return new Target(Address.parse(url), secret, Optional.empty());
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.store.RepeatingTasks;

/// A key set in a file, read each second, for it is small; what can't be used leaves the earlier
/// keys in force.
final class FileJwks implements Jwks {
  private static final Logger LOG = LoggerFactory.getLogger(FileJwks.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Path file;
  private final RepeatingTasks tasks = new RepeatingTasks("jwks-file");
  private volatile KeyRing keys;
  // Owned by the tasks' thread: what was read last, so that the same fault is told once.
  private String text;

  private FileJwks(Path file, String text) {
    this.file = file;
    this.text = text;
    this.keys = KeyRing.of(text);
    told(keys);
  }

  static FileJwks open(JwksConfig config) {
    try {
      FileJwks jwks = new FileJwks(Path.of(config.location()), read(Path.of(config.location())));
      jwks.tasks.every(LOOK_EVERY, jwks::look);
      return jwks;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "auth.jwks: " + config.location() + " can't be read (expected: a file with a JWKS)", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "auth.jwks: " + config.location() + ": " + e.getMessage(), e);
    }
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(KeyRing.MAX_BYTES + 1);
      if (bytes.length > KeyRing.MAX_BYTES) {
        throw new IllegalArgumentException(
            "too long (expected: at most " + KeyRing.MAX_BYTES + " bytes)");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private void look() {
    String now;
    try {
      now = read(file);
    } catch (IOException | IllegalArgumentException _) {
      now = "";
    }
    if (now.equals(text)) {
      return;
    }
    text = now;
    try {
      keys = KeyRing.of(now);
      told(keys);
    } catch (IllegalArgumentException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("cause", e.getMessage())
          .log("the key set has become unusable: the earlier keys stay in force");
    }
  }

  private void told(KeyRing ring) {
    LOG.atInfo()
        .addKeyValue("file", file)
        .addKeyValue("keys", ring.keys().size())
        .addKeyValue("leftOut", ring.leftOut())
        .log("key set read");
  }

  @Override
  public KeyRing keys() {
    return keys;
  }

  /// Never: the file was read within the last second.
  @Override
  public boolean mayLearn() {
    return false;
  }

  @Override
  public void close() {
    tasks.endWith(() -> {});
  }
}

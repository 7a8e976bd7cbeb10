// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// The demo's own secret: made once from 32 random bytes, kept in the data folder for its owner
/// alone. The text in the file is the secret, so that others can sign with it as it stands.
public final class DemoSecret {
  private static final String FILE = "demo-secret";
  private static final int RANDOM_BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private DemoSecret() {}

  /// Returns the folder's secret; makes folder and secret if they are missing.
  public static Secret in(Path dataDir) {
    Path file = dataDir.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(dataDir);
        make(file);
      }
      Files.setPosixFilePermissions(file, OWNER_ONLY);
      return Secret.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("can't keep a demo secret in " + dataDir, e);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
    FileAttribute<Set<PosixFilePermission>> ownerOnly =
        PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new", ownerOnly);
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        channel.force(true);
      }
      // A link appears whole or not at all, and unlike a move never replaces another's secret.
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException _) {
      // Another process was faster: its secret is the one.
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;

/// Gives a client what it shows to Apple, and whom it believes to be Apple. Each method throws
/// `IllegalArgumentException` that names the setting when a file can't be used.
final class ApnsCredentials {
  private ApnsCredentials() {}

  static void give(ApnsClientBuilder builder, ApnsConfig config) {
    if (!config.key().isEmpty()) {
      builder.setSigningKey(signingKey(config));
    } else if (!config.certificate().isEmpty()) {
      giveCertificate(builder, config);
    } else {
      throw new IllegalArgumentException(
          "push.apns.key: nothing (expected: a .p8 file, or a .p12 file as push.apns.certificate)");
    }
    if (!config.authorities().isEmpty()) {
      builder.setTrustedServerCertificateChain(file("authorities", config.authorities()));
    }
  }

  private static ApnsSigningKey signingKey(ApnsConfig config) {
    File file = file("key", config.key());
    try {
      return ApnsSigningKey.loadFromPkcs8File(file, config.teamId(), config.keyId());
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw unusable("key", config.key(), "the .p8 file as Apple made it", e);
    }
  }

  private static void giveCertificate(ApnsClientBuilder builder, ApnsConfig config) {
    File file = file("certificate", config.certificate());
    String password = new String(config.certificatePassword().bytes(), StandardCharsets.UTF_8);
    try {
      // Pushy would find out only when it connects.
      KeyStore store = KeyStore.getInstance(file, password.toCharArray());
      if (Collections.list(store.aliases()).isEmpty()) {
        throw new GeneralSecurityException("an empty store");
      }
      builder.setClientCredentials(file, password);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw unusable(
          "certificate",
          config.certificate(),
          "a .p12 file with a key, which push.apns.certificate_password opens",
          e);
    }
  }

  private static File file(String setting, String path) {
    if (!Files.isReadable(Path.of(path)) || Files.isDirectory(Path.of(path))) {
      throw new IllegalArgumentException(
          "push.apns." + setting + ": " + path + " (expected: a file that can be read)");
    }
    return new File(path);
  }

  private static IllegalArgumentException unusable(
      String setting, String path, String expected, Exception cause) {
    return new IllegalArgumentException(
        "push.apns." + setting + ": " + path + " can't be used (expected: " + expected + ")",
        cause);
  }
}

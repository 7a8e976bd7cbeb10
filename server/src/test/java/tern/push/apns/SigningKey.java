// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/// A key such as Apple makes, in a .p8 file.
public record SigningKey(Path file, ECPublicKey publicKey) {
  /// As Apple shows them.
  public static final String KEY_ID = "ABC123DEFG";

  /// As Apple shows them.
  public static final String TEAM_ID = "DEF123GHIJ";

  /// Makes one, in the folder.
  public static SigningKey in(Path folder) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Path file = folder.resolve("AuthKey_" + KEY_ID + ".p8");
    String base64 = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    Files.writeString(
        file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    return new SigningKey(file, (ECPublicKey) pair.getPublic());
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/// A service account such as Google makes, which asks for its tokens where [FakeFcm] listens.
///
/// @param privateKey PKCS#8, in PEM
public record ServiceAccount(String privateKey, RSAPublicKey publicKey) {
  /// Whose devices are pushed to.
  public static final String PROJECT = "tern-test";

  /// Who asks for access tokens.
  public static final String EMAIL = "pusher@tern-test.iam.gserviceaccount.com";

  private static final int KEY_BITS = 2_048;

  /// Makes one.
  public static ServiceAccount create() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(KEY_BITS);
    KeyPair pair = generator.generateKeyPair();
    String base64 = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    return new ServiceAccount(
        "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n",
        (RSAPublicKey) pair.getPublic());
  }

  /// Its JSON file, for a service at this address.
  public Path in(Path folder, String address) throws IOException {
    JsonObject json =
        new JsonObject()
            .put("type", "service_account")
            .put("project_id", PROJECT)
            .put("private_key_id", "1")
            .put("private_key", privateKey)
            .put("client_email", EMAIL)
            .put("client_id", "1")
            .put("token_uri", address + "/token");
    return Files.writeString(folder.resolve("service-account.json"), json.encode());
  }
}

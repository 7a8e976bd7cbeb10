// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for `localhost`, made by the JDK's own keytool.
///
/// @param chain PEM file
/// @param key PEM file
public record TestCertificate(String chain, String key, Certificate certificate) {
  private static final String STORE = "store.p12";
  private static final String PASSWORD = "for-a-test";

  /// Makes one, with its files in the folder.
  public static TestCertificate in(Path folder) throws IOException, GeneralSecurityException {
    Path store = folder.resolve(STORE);
    make(store);
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Certificate certificate = keys.getCertificate("tern");
    Key key = keys.getKey("tern", PASSWORD.toCharArray());
    Path chainFile = write(folder.resolve("chain.pem"), "CERTIFICATE", certificate.getEncoded());
    Path keyFile = write(folder.resolve("key.pem"), "PRIVATE KEY", key.getEncoded());
    return new TestCertificate(chainFile.toString(), keyFile.toString(), certificate);
  }

  /// What a server shows it with.
  public SSLContext shownByServers() throws IOException, GeneralSecurityException {
    Path store = Path.of(chain).resolveSibling(STORE);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  SSLContext trustedByClients() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("tern", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static void make(Path store) throws IOException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String command =
        "-genkeypair -alias tern -keyalg EC -groupname secp256r1 -validity 2 -dname CN=localhost"
            + " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12";
    ProcessBuilder keytoolRun = new ProcessBuilder(keytool);
    keytoolRun.command().addAll(List.of(command.split(" ", -1)));
    keytoolRun.command().addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    try {
      Process run = keytoolRun.redirectErrorStream(true).start();
      String told = new String(run.getInputStream().readAllBytes(), Charset.defaultCharset());
      int status = run.waitFor();
      if (status != 0) {
        throw new IOException("keytool ended with " + status + ": " + told);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Path write(Path file, String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String pem = "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    return Files.writeString(file, pem);
  }
}

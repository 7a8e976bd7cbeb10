// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.store.RepeatingTasks;

/// A key set at an HTTPS address, kept by a thread of its own: asked again before its lifetime
/// ends, and once when a token names an unknown key, however many do. A fetch that fails leaves the
/// last good keys in force.
final class HttpsJwks implements Jwks {
  private static final Logger LOG = LoggerFactory.getLogger(HttpsJwks.class);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  /// Between two fetches for the sake of unknown keys.
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final String host;
  private final Download download;
  private final long pauseNanos;
  private final long refreshNanos;
  private final long retryNanos;
  private final RepeatingTasks tasks = new RepeatingTasks("jwks-address");
  private volatile KeyRing keys = KeyRing.EMPTY;
  // When the fetch began that brought the keys.
  private volatile long fetchedNanos;
  private volatile boolean isWanted;
  // Owned by the tasks' thread, as is whatever fetches.
  private long triedNanos;
  private boolean hasFailed;

  private HttpsJwks(JwksConfig config, Download download, Duration pause) {
    this.host = URI.create(config.location()).getHost();
    this.download = download;
    this.pauseNanos = pause.toNanos();
    // A fifth of the lifetime is left to try again in.
    this.refreshNanos = config.lifetime().toNanos() * 4 / 5;
    this.retryNanos = Math.min(LONGEST_RETRY.toNanos(), config.lifetime().toNanos() / 5);
  }

  static HttpsJwks open(JwksConfig config) {
    return open(config, PATIENCE, PAUSE);
  }

  /// @param pause between two fetches for the sake of unknown keys
  static HttpsJwks open(JwksConfig config, Duration patience, Duration pause) {
    Download download = new Download(config, patience);
    HttpsJwks jwks = new HttpsJwks(config, download, pause);
    try {
      jwks.fetch();
    } catch (IOException | IllegalArgumentException e) {
      download.close();
      throw new IllegalArgumentException(
          "auth.jwks: the key set of " + jwks.host + " can't be used: " + e.getMessage(), e);
    }
    jwks.tasks.every(LOOK_EVERY, jwks::look);
    return jwks;
  }

  private void look() {
    long sinceTried = System.nanoTime() - triedNanos;
    boolean isDue = sinceTried >= (hasFailed ? retryNanos : refreshNanos);
    if (!isDue && !(isWanted && sinceTried >= pauseNanos)) {
      return;
    }
    try {
      fetch();
    } catch (IOException | IllegalArgumentException e) {
      hasFailed = true;
      LOG.atWarn()
          .addKeyValue("host", host)
          .addKeyValue("cause", e.getMessage())
          .addKeyValue("ageSeconds", Duration.ofNanos(triedNanos - fetchedNanos).toSeconds())
          .log("the key set can't be fetched: the last good keys stay in force");
    }
  }

  private void fetch() throws IOException {
    long begun = System.nanoTime();
    triedNanos = begun;
    // Before the fetch: whoever wants a key from now on may want a newer answer.
    isWanted = false;
    KeyRing fetched = KeyRing.of(download.fetch());
    keys = fetched;
    fetchedNanos = begun;
    hasFailed = false;
    LOG.atInfo()
        .addKeyValue("host", host)
        .addKeyValue("keys", fetched.keys().size())
        .addKeyValue("leftOut", fetched.leftOut())
        .log("key set read");
  }

  @Override
  public KeyRing keys() {
    return keys;
  }

  @Override
  public boolean mayLearn() {
    if (System.nanoTime() - fetchedNanos < pauseNanos) {
      return false;
    }
    isWanted = true;
    return true;
  }

  @Override
  public void close() {
    // First, so that a fetch that runs ends now.
    download.close();
    tasks.endWith(() -> {});
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.auth.Revocation;
import tern.auth.Revocations;
import tern.store.RepeatingTasks;

/// Closes the sessions of this node whose access tokens were revoked, on whatever node: looks into
/// the store every second. A thread of its own, which ends with the node.
public final class RevocationWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationWatch.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration PRUNE_EVERY = Duration.ofMinutes(1);
  private static final long MAX_AGE_NANOS = Duration.ofSeconds(4).toNanos();

  private final Revocations revocations;
  private final Sessions sessions;
  private final RepeatingTasks tasks = new RepeatingTasks("revocations");
  // When the last look began that succeeded.
  private volatile long lookedNanos;
  // Owned by the tasks' thread: the store's time of that look.
  private Instant told;

  /// Takes what is revoked, and whom it may concern.
  public RevocationWatch(Revocations revocations, Sessions sessions) {
    this.revocations = revocations;
    this.sessions = sessions;
    this.lookedNanos = System.nanoTime();
    this.told = revocations.now();
  }

  /// Begins.
  public RevocationWatch start() {
    tasks.every(LOOK_EVERY, this::look);
    tasks.every(PRUNE_EVERY, this::prune);
    return this;
  }

  /// Whether the last look was at most four seconds ago.
  public boolean isFresh() {
    return System.nanoTime() - lookedNanos <= MAX_AGE_NANOS;
  }

  private void look() {
    long begun = System.nanoTime();
    Revocations.News news = revocations.since(told);
    Set<String> tokenIds = new HashSet<>();
    Map<String, Map<String, Revocation.OfErased>> erased = new HashMap<>();
    for (Revocation each : news.revocations()) {
      switch (each) {
        case Revocation.OfToken(String id) -> tokenIds.add(id);
        case Revocation.OfUser it -> sessions.of(it.user()).forEach(s -> close(s, it));
        case Revocation.OfDevice it -> sessions.of(it.user()).forEach(s -> close(s, it));
        case Revocation.OfBarred it -> sessions.of(it.user()).forEach(s -> close(s, it));
        case Revocation.OfErased it ->
            erased.computeIfAbsent(it.salt(), _ -> new HashMap<>()).put(it.hash(), it);
      }
    }
    if (!tokenIds.isEmpty()) {
      sessions.forEach(s -> closeIfAmong(tokenIds, s));
    }
    // Each session's user is hashed once, however many were erased.
    erased.forEach((salt, byHash) -> sessions.forEach(s -> closeIfErased(salt, byHash, s)));
    told = news.until();
    lookedNanos = begun;
  }

  private static void closeIfAmong(Set<String> tokenIds, Session session) {
    String id = session.token().tokenId();
    if (tokenIds.contains(id)) {
      close(session, new Revocation.OfToken(id));
    }
  }

  private static void closeIfErased(
      String salt, Map<String, Revocation.OfErased> byHash, Session session) {
    Revocation.OfErased revocation = byHash.get(Revocation.OfErased.hash(salt, session.user()));
    if (revocation != null) {
      close(session, revocation);
    }
  }

  private static void close(Session session, Revocation revocation) {
    try {
      session.loop().execute(() -> closeIfConcerned(session, revocation));
    } catch (RejectedExecutionException _) {
      // The event loop has ended, and the session with it.
    }
  }

  private static void closeIfConcerned(Session session, Revocation revocation) {
    if (session.outbox().isOpen() && revocation.concerns(session.token(), session.device())) {
      LOG.atDebug()
          .addKeyValue("connection", session.id())
          .addKeyValue("user", session.user())
          .log("token revoked");
      session.outbox().close(code(revocation), Duration.ZERO);
    }
  }

  private static CloseCode code(Revocation revocation) {
    return switch (revocation) {
      case Revocation.OfToken _, Revocation.OfUser _, Revocation.OfDevice _ ->
          CloseCode.UNAUTHENTICATED;
      case Revocation.OfBarred _, Revocation.OfErased _ -> CloseCode.BARRED;
    };
  }

  private void prune() {
    int pruned = revocations.prune();
    LOG.atDebug().addKeyValue("tokens", pruned).log("expired revocations forgotten");
  }

  @Override
  public void close() {
    tasks.endWith(() -> {});
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.erasure;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.erasure.ErasureTable.Met;
import tern.erasure.ErasureTable.Open;
import tern.id.ConversationId;
import tern.message.intake.MessageIntake;
import tern.store.Database;
import tern.store.RepeatingTasks;

/// Erases users, in steps that hold up nobody: first each of their conversations, then whatever
/// else names them, last what keeps them out. What was done is known by what is left, so a crash
/// costs a step at most. One thread of its own.
public final class UserEraser implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UserEraser.class);

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int AT_ONE_LOOK = 10;
  private static final int MESSAGES_AT_ONCE = 500;
  private static final int WALK_AT_ONCE = 2_000;

  private final Database database;
  private final MessageIntake intake;
  private final Redaction redaction;
  private final RepeatingTasks tasks = new RepeatingTasks("user-eraser");
  private volatile boolean closing;

  /// Erases in this database.
  ///
  /// @param intake changes conversations, for there each has its order
  public UserEraser(Database database, MessageIntake intake, Redaction redaction) {
    this.database = database;
    this.intake = intake;
    this.redaction = redaction;
  }

  /// Begins, with what an earlier life has left.
  public UserEraser start() {
    tasks.every(LOOK_EVERY, this::erase);
    return this;
  }

  private void erase() {
    for (Open erasure : database.run(it -> ErasureTable.open(it, AT_ONE_LOOK))) {
      try {
        erase(erasure);
      } catch (RuntimeException e) {
        // The others do not wait for it; it has its next turn at the next look.
        LOG.atError()
            .addKeyValue("erasure", erasure.id())
            .setCause(e)
            .log("an erasure was broken off");
      }
    }
  }

  private void erase(Open erasure) {
    Optional<ConversationId> next = conversation(erasure);
    while (next.isPresent() && !closing) {
      leave(erasure, next.get());
      next = conversation(erasure);
    }
    while (!closing && walk(erasure)) {
      // A step each.
    }
    // One that has found something is followed by another, at the next look.
    if (closing || database.run(it -> ErasureTable.walkAgain(it, erasure))) {
      return;
    }
    forgetCopies(erasure);
    database.transaction(it -> ErasureTable.person(it, erasure));
    // What somebody has just said of the user, or a change that is being told, has its next turn.
    if (database.transaction(it -> ErasureTable.end(it, erasure))) {
      LOG.atInfo().addKeyValue("erasure", erasure.id()).log("a user is erased");
    }
  }

  private Optional<ConversationId> conversation(Open erasure) {
    return database.run(it -> ErasureTable.conversation(it, erasure));
  }

  private void leave(Open erasure, ConversationId id) {
    // As anybody leaves a group: told in it, and an owner hands over. Refused where there is no
    // leaving.
    var _ = intake.changeMembers(id, erasure.user(), List.of(), List.of(erasure.user()));
    forget(erasure, id);
  }

  private void forget(Open erasure, ConversationId id) {
    repeat(
        () -> database.transaction(it -> ErasureTable.messages(it, erasure, id, MESSAGES_AT_ONCE)));
    repeat(
        () ->
            database.transaction(it -> ErasureTable.reactions(it, erasure, id, MESSAGES_AT_ONCE)));
    if (!closing) {
      var _ =
          intake.work(id, (connection, node) -> ErasureTable.forget(connection, node, erasure, id));
    }
  }

  private void repeat(IntSupplier step) {
    while (!closing && step.getAsInt() > 0) {
      // Until there is nothing more.
    }
  }

  // A step through all messages. Returns whether there is another one.
  private boolean walk(Open erasure) {
    ErasureTable.Walk step = database.run(it -> ErasureTable.walk(it, erasure, WALK_AT_ONCE));
    Set<ConversationId> changed = new HashSet<>();
    long found = 0;
    for (Met met : step.met()) {
      ByteString redacted = redaction.without(met.body(), erasure.user(), erasure.pseudonym());
      boolean names = !redacted.equals(met.body());
      if (names) {
        database.transaction(it -> ErasureTable.redact(it, erasure, met, redacted));
      }
      if (names || met.isOwn()) {
        changed.add(met.conversation());
        found++;
      }
    }
    changed.forEach(id -> forget(erasure, id));
    if (step.through().isEmpty()) {
      return false;
    }
    ErasureTable.Stop stop = step.through().get();
    long count = found;
    database.run(it -> ErasureTable.walked(it, erasure, stop, count));
    return true;
  }

  private void forgetCopies(Open erasure) {
    for (ErasureTable.Copy copy : database.run(it -> ErasureTable.copies(it, erasure))) {
      ByteString redacted = redaction.without(copy.body(), erasure.user(), erasure.pseudonym());
      if (!redacted.equals(copy.body())) {
        database.run(
            it -> ErasureTable.replace(it, new ErasureTable.Copy(copy.report(), redacted)));
      }
    }
  }

  /// Ends after the step that runs; what is left is erased after the next start.
  @Override
  public void close() {
    closing = true;
    tasks.endWith(() -> {});
  }
}

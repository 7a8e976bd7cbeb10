// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Witnessed;

/// Looks into the store the moment an Accepted arrives: what is not visible to another connection
/// by then was told before it was committed. Takes an Accepted only when it is free to look at
/// once; its own thread, ended by [#close].
final class Witness implements AutoCloseable {
  private static final String LOOK =
      """
      select 1 from message where conversation_id = ? and sequence = ? and client_message_id = ?
      -- What was said in a group ends with it.
      union all select 1 from conversation where id = ? and deleted_at is not null
      """;

  private final StoreAccess store;
  private final SynchronousQueue<Seen.Accepted> next = new SynchronousQueue<>();
  private final List<Witnessed> witnessed = new ArrayList<>();
  private final Thread thread;
  private volatile boolean isClosed;

  Witness(StoreAccess store) {
    this.store = store;
    this.thread = Thread.ofPlatform().name("witness").start(this::look);
  }

  /// Never blocks.
  void accepted(Seen seen) {
    if (seen instanceof Seen.Accepted accepted && !accepted.duplicate()) {
      boolean _ = next.offer(accepted);
    }
  }

  /// Ends the thread and returns what was seen.
  List<Witnessed> end() throws InterruptedException {
    close();
    thread.join();
    return List.copyOf(witnessed);
  }

  @Override
  public void close() {
    isClosed = true;
  }

  private void look() {
    while (!isClosed) {
      try (Connection connection = store.connect();
          PreparedStatement select = connection.prepareStatement(LOOK)) {
        lookOn(select);
      } catch (SQLException _) {
        // PostgreSQL was killed; the next Accepted comes after it is back.
        Thread.onSpinWait();
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void lookOn(PreparedStatement select) throws SQLException, InterruptedException {
    while (!isClosed) {
      Optional<Seen.Accepted> accepted = Optional.ofNullable(next.poll(100, TimeUnit.MILLISECONDS));
      if (accepted.isPresent()) {
        look(select, accepted.get());
      }
    }
  }

  private void look(PreparedStatement select, Seen.Accepted accepted) throws SQLException {
    select.setObject(1, UUID.fromString(accepted.conversation()));
    select.setLong(2, accepted.sequence());
    select.setObject(3, UUID.fromString(accepted.clientMessageId()));
    select.setObject(4, UUID.fromString(accepted.conversation()));
    try (ResultSet row = select.executeQuery()) {
      witnessed.add(
          new Witnessed(
              accepted.at(),
              accepted.conversation(),
              accepted.sequence(),
              accepted.clientMessageId(),
              row.next()));
    }
  }
}

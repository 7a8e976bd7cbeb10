// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.api.schema.Skeleton;
import tern.gateway.request.RequestRefused;
import tern.store.Database;
import tern.store.RepeatingTasks;
import tern.store.StoreException;
import tern.v1.ErrorCode;

/// Does a write that carries an `Idempotency-Key` once in 24 hours, and gives its repeats the same
/// answer, save what people wrote: that is not kept, lest it outlive its own deletion.
///
/// A row is taken before the write and completed after it. Only a node that dies in between leaves
/// one that is taken and not completed; after a minute, longer than any write may last, a repeat
/// does the write again. Blocks; for virtual threads.
final class IdempotentWrites {
  private static final Logger LOG = LoggerFactory.getLogger(IdempotentWrites.class);

  static final String HEADER = "idempotency-key";

  private static final Duration PRUNE_EVERY = Duration.ofMinutes(1);
  private static final int PRUNED_AT_ONCE = 10_000;

  private final Database database;

  IdempotentWrites(Database database) {
    this.database = database;
  }

  /// Forgets, from time to time, what is older than a day.
  void pruneWith(RepeatingTasks tasks) {
    tasks.every(PRUNE_EVERY, this::prune);
  }

  // The answer is empty while the first request runs.
  private record Earlier(boolean isSame, Optional<Answer> answer) {}

  /// Answers with `work`, or as it was answered before, or with a problem where the key's first
  /// request was another one or still runs.
  Answer once(String caller, Call call, Supplier<Answer> work) {
    String key = call.header(HEADER);
    byte[] hash = call.hash();
    if (!take(caller, key, hash)) {
      // Gone in between means that the first one has just failed, and may be tried again.
      return earlier(caller, key, hash)
          .map(IdempotentWrites::repeated)
          .orElseGet(() -> Problem.stillRunning().answer());
    }
    Answer answer = work.get();
    try {
      complete(caller, key, answer);
    } catch (StoreException e) {
      LOG.atWarn()
          .addKeyValue("cause", e.getMessage())
          .log("an answer was not kept for its repeats, which are refused for a minute");
    }
    return answer;
  }

  private static Answer repeated(Earlier earlier) {
    if (!earlier.isSame()) {
      return Problem.of(
              RequestRefused.of(
                  ErrorCode.ERROR_CODE_CONFLICT,
                  "Idempotency-Key: used for another request (expected: a new one for each)"))
          .answer();
    }
    return earlier.answer().orElseGet(() -> Problem.stillRunning().answer());
  }

  // Also when it is a day old, or was left behind by a node that died.
  private boolean take(String caller, String key, byte[] hash) {
    return database.run(
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  """
                  insert into api_idempotency as w (caller, key, request_hash, begun_at)
                    values (?, ?, ?, clock_timestamp())
                  on conflict (caller, key) do update
                    set request_hash = excluded.request_hash, begun_at = excluded.begun_at,
                      status = null, body = null
                    where w.begun_at < excluded.begun_at - interval '24 hours'
                      or (w.status is null and w.request_hash = excluded.request_hash
                        and w.begun_at < excluded.begun_at - interval '1 minute')
                  """)) {
            statement.setString(1, caller);
            statement.setString(2, key);
            statement.setBytes(3, hash);
            return statement.executeUpdate() == 1;
          }
        });
  }

  private Optional<Earlier> earlier(String caller, String key, byte[] hash) {
    return database.run(
        connection -> {
          try (var statement =
              connection.prepareStatement(
                  """
                  select request_hash, status, body from api_idempotency
                  where caller = ? and key = ?
                  """)) {
            statement.setString(1, caller);
            statement.setString(2, key);
            try (ResultSet row = statement.executeQuery()) {
              if (!row.next()) {
                return Optional.empty();
              }
              int status = row.getInt("status");
              boolean isSame = Arrays.equals(hash, row.getBytes("request_hash"));
              return Optional.of(
                  status == 0
                      ? new Earlier(isSame, Optional.empty())
                      : new Earlier(isSame, Optional.of(answer(status, row.getBytes("body")))));
            }
          }
        });
  }

  private static Answer answer(int status, byte[] body) {
    String type = status < 400 ? Answer.JSON : Problem.TYPE;
    return new Answer(status, type, new String(body, StandardCharsets.UTF_8), "", 0, true);
  }

  // What may end otherwise when it is asked again is forgotten at once.
  private void complete(String caller, String key, Answer answer) {
    String sql =
        answer.isFinal()
            ? "update api_idempotency set status = ?, body = ? where caller = ? and key = ?"
            : "delete from api_idempotency where caller = ? and key = ?";
    var _ =
        database.run(
            connection -> {
              try (var statement = connection.prepareStatement(sql)) {
                int next = 1;
                if (answer.isFinal()) {
                  statement.setInt(next++, answer.status());
                  statement.setBytes(next++, kept(answer).getBytes(StandardCharsets.UTF_8));
                }
                statement.setString(next++, caller);
                statement.setString(next, key);
                return statement.executeUpdate();
              }
            });
  }

  // A problem quotes nothing that it was given.
  private static String kept(Answer answer) {
    return answer.type().equals(Answer.JSON) ? Skeleton.of(answer.body()) : answer.body();
  }

  private void prune() {
    int pruned;
    do {
      pruned = database.run(IdempotentWrites::pruneSome);
      LOG.atDebug().addKeyValue("rows", pruned).log("idempotency keys forgotten");
    } while (pruned == PRUNED_AT_ONCE);
  }

  private static int pruneSome(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            delete from api_idempotency where (caller, key) in (
              select caller, key from api_idempotency
              where begun_at < clock_timestamp() - interval '24 hours'
              order by begun_at limit ?)
            """)) {
      delete.setInt(1, PRUNED_AT_ONCE);
      return delete.executeUpdate();
    }
  }
}

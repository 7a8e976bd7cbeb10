// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.retention;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.store.Database;

/// Rows that nobody needs any more and that nothing else removes: invitations that have ended, what
/// was kept of watchers for a slow mode, a mute or a list that is long over, unless what they have
/// said still stands, and closed reports as the app wants it. Holds no state.
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  static final Duration LOOK_EVERY = Duration.ofHours(1);

  // The longest slow mode; nodes look at who was taken off a list for some seconds only.
  private static final Duration WATCHERS_KEPT = Duration.ofDays(1);
  private static final int AT_ONCE = 10_000;

  private static final String INVITATIONS =
      """
      delete from invitation where id in (select id from invitation
        where expires_at < clock_timestamp() - make_interval(secs => ?) limit ?)
      """;

  private static final String WATCHERS =
      """
      delete from watcher w using (select conversation_id, user_id from watcher p
          where not listed and coalesce(muted_until, '-infinity') < clock_timestamp()
            and coalesce(greatest(posted_at, unlisted_at), '-infinity')
              < clock_timestamp() - make_interval(secs => ?)
            and not exists (select from message s
              where s.conversation_id = p.conversation_id and s.sender = p.user_id)
          limit ? for update skip locked) o
        where w.conversation_id = o.conversation_id and w.user_id = o.user_id
      """;

  private static final String REPORTS =
      """
      delete from report where no in (select no from report
        where closed_at < clock_timestamp() - make_interval(secs => ?) limit ?)
      """;

  private final Database database;
  private final RetentionConfig config;
  private final BooleanSupplier isClosing;

  /// @param isClosing whether to end after the step that runs
  Leftovers(Database database, RetentionConfig config, BooleanSupplier isClosing) {
    this.database = database;
    this.config = config;
    this.isClosing = isClosing;
  }

  private record Kind(String delete, Duration kept) {}

  /// Removes them all, in steps. Blocks.
  void remove() {
    long removed = remove(new Kind(INVITATIONS, Duration.ZERO));
    removed += remove(new Kind(WATCHERS, WATCHERS_KEPT));
    if (!config.reports().isZero()) {
      removed += remove(new Kind(REPORTS, config.reports()));
    }
    LOG.atDebug().addKeyValue("rows", removed).log("leftovers removed");
  }

  private long remove(Kind kind) {
    long removed = 0;
    int step = AT_ONCE;
    while (step == AT_ONCE && !isClosing.getAsBoolean()) {
      step = step(kind);
      removed += step;
    }
    return removed;
  }

  private int step(Kind kind) {
    return database.run(
        connection -> {
          try (var statement = connection.prepareStatement(kind.delete())) {
            statement.setDouble(1, kind.kept().toMillis() / 1_000.0);
            statement.setInt(2, AT_ONCE);
            return statement.executeUpdate();
          }
        });
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestNode;
import tern.id.UserId;
import tern.presence.PresenceTable.Pair;
import tern.store.Database;

/// What a node that crashes has kept of when users were last seen.
@Tag("slow")
final class LastSeenTest {
  private static final UserId BOB = new UserId("bob");
  private static final UserId CAROL = new UserId("carol");
  private static final Instant BEGUN = Instant.parse("2026-11-22T12:00:00Z");

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGUN);
  private final PresenceTable table = new PresenceTable(DATABASE);

  private Optional<Instant> kept(UserId user) {
    return table.read(List.of(new Pair(user, user))).getFirst().seenAt();
  }

  @Test
  void whoStillLooksIsKeptAsSeenEveryFiveMinutes() {
    LastSeen lastSeen = new LastSeen(table, now::get, () -> List.of(BOB));
    lastSeen.seen(BOB, BEGUN);
    lastSeen.seen(CAROL, BEGUN);
    lastSeen.keep();

    now.set(BEGUN.plus(Duration.ofMinutes(4)));
    lastSeen.keep();
    assertThat(kept(BOB)).hasValue(BEGUN);
    now.set(BEGUN.plus(Duration.ofMinutes(5)));
    lastSeen.keep();

    assertThat(kept(BOB)).hasValue(now.get());
    assertThat(kept(CAROL)).hasValue(BEGUN);
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.presence;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.TestNode;
import tern.auth.Identity;
import tern.id.DeviceId;
import tern.id.InstanceId;
import tern.id.UserId;
import tern.session.FlushTick;
import tern.session.Outbox;
import tern.session.OutboxRules;
import tern.session.OutgoingFrame;
import tern.session.Session;
import tern.session.Sessions;
import tern.session.Subprotocol;
import tern.store.Database;
import tern.store.StoreException;

/// What is kept of a session's screen, and for how long.
@Tag("slow")
final class LocalPresenceTest {
  private static final int ROUNDS = 100;
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Set<UserId> SCREEN =
      IntStream.range(0, LocalPresence.MAX_USERS)
          .mapToObj(i -> new UserId("user" + i))
          .collect(toSet());

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());

  private static LocalPresence presence(Database database) {
    return new LocalPresence(
        database,
        new Sessions(),
        1_000,
        Clock.systemUTC(),
        _ -> new OutgoingFrame(_ -> Unpooled.EMPTY_BUFFER));
  }

  private static Session session(EmbeddedChannel channel) {
    OutboxRules rules =
        new OutboxRules(
            1024,
            Duration.ofSeconds(1),
            _ -> Duration.ZERO,
            (_, _, _) -> Unpooled.buffer().writeByte(0));
    Outbox outbox =
        new Outbox(channel, Subprotocol.PROTO, rules, new FlushTick(channel.eventLoop()));
    return new Session(
        "a-session",
        new Identity(new UserId("alice"), NOW.plusSeconds(60), "a-token", NOW),
        new DeviceId("phone"),
        new InstanceId("main"),
        outbox,
        false,
        NOW);
  }

  private static void assertForgotten(LocalPresence presence) {
    assertThat(SCREEN).allSatisfy(user -> assertThat(presence.watching(user)).isEmpty());
  }

  // Its end is told again and again, so that one of these falls amid the beginning.
  @Test
  void nothingIsKeptOfASessionThatEndsWhileItsScreenIsNoted() throws InterruptedException {
    try (LocalPresence presence = presence(DATABASE)) {
      Session session = session(new EmbeddedChannel());
      for (int i = 0; i < ROUNDS; i++) {
        AtomicBoolean isNoted = new AtomicBoolean();
        Thread ending =
            Thread.ofPlatform()
                .start(
                    () -> {
                      while (!isNoted.get()) {
                        presence.ended(session);
                      }
                    });
        presence.watch(session, SCREEN);
        isNoted.set(true);
        ending.join();

        presence.ended(session);

        assertForgotten(presence);
      }
    }
  }

  @Test
  void nothingIsKeptOfAScreenThatCannotBeAnswered() {
    Database gone = new Database(NODE.database());
    gone.close();
    try (LocalPresence presence = presence(gone)) {
      Session session = session(new EmbeddedChannel());

      assertThatThrownBy(() -> presence.watch(session, SCREEN)).isInstanceOf(StoreException.class);

      assertForgotten(presence);
    }
  }
}

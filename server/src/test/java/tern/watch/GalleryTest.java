// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tern.auth.Identity;
import tern.conversation.MemberList;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.InstanceId;
import tern.id.UserId;
import tern.session.CloseCode;
import tern.session.FlushTick;
import tern.session.Outbox;
import tern.session.OutboxRules;
import tern.session.OutgoingFrame;
import tern.session.Session;
import tern.session.Subprotocol;

/// What a pass does when something goes wrong on its way.
final class GalleryTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final EmbeddedChannel bad = new EmbeddedChannel();
  private final EmbeddedChannel good = new EmbeddedChannel();

  private static ByteBuf frame() {
    return Unpooled.buffer().writeByte(0);
  }

  // Sessions of one loop have one room for them: that of the first channel.
  private Session session(EmbeddedChannel channel, Subprotocol subprotocol) {
    OutboxRules rules =
        new OutboxRules(1024, Duration.ofSeconds(1), _ -> Duration.ZERO, (_, _, _) -> frame());
    Outbox outbox = new Outbox(channel, subprotocol, rules, new FlushTick(channel.eventLoop()));
    Session session =
        new Session(
            "a-session",
            new Identity(new UserId("ann"), NOW.plusSeconds(60), "a-token", NOW),
            new DeviceId("phone"),
            new InstanceId("main"),
            outbox,
            false,
            NOW);
    session.welcome(new OutgoingFrame(_ -> frame()));
    return session;
  }

  private Watcher watching(Gallery gallery, Session session) {
    Watcher watcher = new Watcher(gallery, session);
    gallery.add(watcher);
    watcher.begin(0);
    return watcher;
  }

  private static OutgoingFrame unwritableInJson() {
    return new OutgoingFrame(
        subprotocol -> {
          if (subprotocol == Subprotocol.JSON) {
            throw new IllegalStateException("on purpose");
          }
          return frame();
        });
  }

  @Test
  void aWatcherThatCannotBeToldIsClosedAndTheOthersAreToldOn() {
    Watchers all =
        new Watchers(
            new WatchConfig(false, 10, Duration.ofSeconds(1)),
            new WatchFrames() {
              @Override
              public OutgoingFrame count(ConversationId conversation, int watchers) {
                return new OutgoingFrame(_ -> frame());
              }

              @Override
              public OutgoingFrame unwatched(ConversationId conversation) {
                return new OutgoingFrame(_ -> frame());
              }
            });
    Room room = new Room(new ConversationId(UUID.randomUUID()), all);
    Gallery gallery = new Gallery(room, good.eventLoop());
    Session failing = session(bad, Subprotocol.JSON);
    watching(gallery, failing);
    Watcher other = watching(gallery, session(good, Subprotocol.PROTO));

    gallery.take(1, MemberList.empty(0), unwritableInJson());
    bad.runPendingTasks();
    good.runPendingTasks();
    gallery.take(2, MemberList.empty(0), new OutgoingFrame(_ -> frame()));

    assertThat(failing.outbox().closedWith()).contains(CloseCode.INTERNAL_ERROR);
    assertThat(other.isLive()).isTrue();
    assertThat(other.position()).isEqualTo(2);
    bad.finishAndReleaseAll();
    good.finishAndReleaseAll();
  }
}

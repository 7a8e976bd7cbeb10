// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.OpenRequests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.id.ConversationId;
import tern.message.history.CatchUp;
import tern.message.history.CatchUpConfig;
import tern.message.quote.Quotes;
import tern.session.OutgoingFrame;
import tern.session.Subprotocol;
import tern.store.Database;

/// For how long one page serves all who want it.
@Tag("slow")
final class SharedPagesTest {
  @AutoClose
  private static final TestNode NODE = TestNode.start(Map.of("TERN_OPEN_USERS_CREATE", "true"));

  @AutoClose private static final Database DATABASE = new Database(NODE.database());
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static final Duration KEPT_FOR = Duration.ofMillis(200);

  @Test
  void whatWasLetGoIsShownToNobodyForLongHoweverManyCome() {
    CatchUp catchUp = new CatchUp(DATABASE, "epoch", new CatchUpConfig(1000), new Quotes(_ -> 0));
    try (TestClient host = NODE.connect("host");
        SharedPages pages = new SharedPages(catchUp, KEPT_FOR)) {
      String room =
          host.ask(OpenRequests.create(true))
              .getConversationOpened()
              .getConversation()
              .getConversationId();
      host.say(room, "long ago");
      SQL.run("update message set created_at = now() - interval '1 day'");
      int whole = bytes(pages, room);

      assertThat(SQL.number("select let_go_v1(?::uuid, array[1,1,1,1,1], 100)", room)).isOne();

      Eventually.holds(
          "let go, and not shown", Duration.ofSeconds(20), () -> bytes(pages, room) < whole);
    }
  }

  private static int bytes(SharedPages pages, String room) {
    OutgoingFrame frame =
        pages.read(ConversationId.parse(room), Optional.empty(), 0).orElseThrow().frame();
    ByteBuf framed = frame.framed(Subprotocol.JSON);
    int bytes = framed.readableBytes();
    framed.release();
    frame.release();
    return bytes;
  }
}

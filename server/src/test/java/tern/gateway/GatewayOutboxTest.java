// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.gateway.socket.Connection;
import tern.session.CloseCode;
import tern.session.Outbox;
import tern.session.OutgoingFrame;
import tern.session.Subprotocol;
import tern.v1.ClientFrame.FrameCase;

/// The bounded queue, on a real socket.
@Tag("slow")
class GatewayOutboxTest {
  private static final int BOUND = 256 * 1024;
  private static final int FRAME_BYTES = 32 * 1024;

  @Test
  void slowReaderIsClosedAndItsMemoryIsFreedThoughItNeverReads() throws IOException {
    try (TestGateway gateway = new TestSettings().outboxBytes(BOUND).start();
        RawSocket socket = withSmallWindow(gateway.port())) {
      socket.upgrade("tern.v1.proto").send(RawSocket.hello());
      Outbox outbox = gateway.nextConnection().outbox();
      OutgoingFrame frame = large();
      ByteBuf bytes = frame.framed(Subprotocol.PROTO);

      int offered = offerUntilClosed(outbox, frame);
      frame.release();

      assertThat(offered).isGreaterThan(BOUND / FRAME_BYTES);
      assertThat(gateway.closedConnection().outbox()).isSameAs(outbox);
      assertThat(gateway.closedByServer).containsExactly(CloseCode.SLOW);
      TestGateway.await("only the test still holds the bytes", () -> bytes.refCnt() == 1);
      bytes.release();
    }
  }

  @Test
  void slowReaderThatReadsAtLastIsToldToComeBack() throws IOException {
    try (TestGateway gateway = new TestSettings().outboxBytes(BOUND).start();
        RawSocket socket = withSmallWindow(gateway.port())) {
      socket.upgrade("tern.v1.proto").send(RawSocket.hello());
      Outbox outbox = gateway.nextConnection().outbox();
      OutgoingFrame frame = large();

      offerUntilClosed(outbox, frame);
      frame.release();

      assertThat(socket.expectClose(CloseCode.SLOW).getMayComeBack()).isTrue();
    }
  }

  @Test
  void burstOfOneTickLargerThanTheBoundIsNoSlowReader() {
    int frames = BOUND / FRAME_BYTES + 2;
    try (TestGateway gateway = new TestSettings().outboxBytes(BOUND).start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      Outbox outbox = gateway.nextConnection().outbox();
      OutgoingFrame frame = large();

      boolean open =
          on(outbox, () -> IntStream.range(0, frames).allMatch(_ -> offer(outbox, frame)));
      frame.release();

      assertThat(open).isTrue();
      for (int i = 0; i < frames; i++) {
        assertThat(socket.read().payload().size()).isEqualTo(FRAME_BYTES);
      }
    }
  }

  @Test
  void pagesWaitForRoomAndThenAllArrive() throws IOException {
    int pages = 10 * BOUND / FRAME_BYTES;
    try (TestGateway gateway = new TestSettings().outboxBytes(BOUND).start();
        RawSocket socket = withSmallWindow(gateway.port())) {
      socket.upgrade("tern.v1.proto").send(RawSocket.hello());
      Outbox outbox = gateway.nextConnection().outbox();
      OutgoingFrame page = large();
      AtomicInteger left = new AtomicInteger(pages);

      boolean hadRoom = on(outbox, () -> sendPages(outbox, page, left) && outbox.hasRoom());
      for (int i = 0; i < pages; i++) {
        assertThat(socket.read().payload().size()).isEqualTo(FRAME_BYTES);
      }
      page.release();

      assertThat(hadRoom).isFalse();
      assertThat(left).hasValue(0);
    }
  }

  @Test
  void whatIsOfferedInOneTickArrivesInOrder() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      Connection connection = gateway.nextConnection();

      on(
          connection.outbox(),
          () -> {
            for (int id = 1; id <= 100; id++) {
              connection.answer(id, TestGateway.pong());
            }
            return true;
          });

      for (int id = 1; id <= 100; id++) {
        assertThat(socket.readFrame().getId()).isEqualTo(id);
      }
    }
  }

  @Test
  void answersFromAnotherThreadArriveInOrder() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      Connection connection = gateway.nextConnection();

      for (int id = 1; id <= 100; id++) {
        connection.answer(id, TestGateway.pong());
      }

      for (int id = 1; id <= 100; id++) {
        assertThat(socket.readFrame().getId()).isEqualTo(id);
      }
    }
  }

  @Test
  void nothingIsSentAfterTheGoodbye() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      Connection connection = gateway.nextConnection();

      connection.close(CloseCode.TOKEN_EXPIRED, Duration.ofMillis(1234));
      connection.answer(1, TestGateway.pong());

      assertThat(socket.expectClose(CloseCode.TOKEN_EXPIRED).getComeBackAfterMs()).isEqualTo(1234);
      assertThat(socket.sendClose(4003).isAtEnd()).isTrue();
    }
  }

  @Test
  void peerThatDoesNotAnswerTheCloseIsCutOff() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      gateway.nextConnection().close(CloseCode.REPLACED, Duration.ZERO);

      assertThat(socket.expectClose(CloseCode.REPLACED).getMayComeBack()).isFalse();
      assertThat(socket.isAtEnd()).isTrue();
      gateway.closedConnection();
    }
  }

  /// Pings much faster than it reads: what is owed to it stays one pong.
  @Test
  void pingsOfAPeerThatReadsNothingDoNotPileUp() throws IOException {
    try (TestGateway gateway =
            new TestSettings().outboxBytes(BOUND).frames(1_000_000, 1_000_000).start();
        RawSocket socket = withSmallWindow(gateway.port())) {
      socket.upgrade("tern.v1.proto").send(RawSocket.hello());
      Outbox outbox = gateway.nextConnection().outbox();
      OutgoingFrame page = large();
      on(outbox, () -> sendPages(outbox, page, new AtomicInteger(1000)));

      byte[] ping = RawSocket.frame(0x89, new byte[125]);
      for (int i = 0; i < 10_000; i++) {
        socket.write(ping);
      }
      socket.send(RawSocket.ping(1));
      gateway.nextFrame(FrameCase.PING);

      assertThat(on(outbox, outbox::isOpen)).isTrue();
      page.release();
    }
  }

  private static boolean sendPages(Outbox outbox, OutgoingFrame page, AtomicInteger left) {
    while (left.get() > 0 && outbox.hasRoom()) {
      outbox.offer(page);
      left.decrementAndGet();
    }
    if (left.get() > 0) {
      outbox.whenRoom(() -> sendPages(outbox, page, left));
    }
    return true;
  }

  private static int offerUntilClosed(Outbox outbox, OutgoingFrame frame) {
    int offered = 0;
    while (on(outbox, () -> offer(outbox, frame))) {
      offered++;
      assertThat(offered).isLessThan(10_000);
    }
    return offered;
  }

  private static boolean offer(Outbox outbox, OutgoingFrame frame) {
    outbox.offer(frame);
    return outbox.isOpen();
  }

  private static OutgoingFrame large() {
    return new OutgoingFrame(_ -> Unpooled.buffer(FRAME_BYTES).writeZero(FRAME_BYTES));
  }

  private static <T> T on(Outbox outbox, Callable<T> action) {
    FutureTask<T> task = new FutureTask<>(action);
    outbox.eventLoop().execute(task);
    try {
      return task.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static RawSocket withSmallWindow(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new RawSocket(socket);
  }
}

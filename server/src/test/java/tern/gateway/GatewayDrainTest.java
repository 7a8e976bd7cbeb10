// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.gateway.socket.Connection;
import tern.session.CloseCode;
import tern.v1.Goodbye;

/// How a gateway goes away.
@Tag("slow")
class GatewayDrainTest {
  private static final Duration BUDGET = Duration.ofSeconds(5);

  @Test
  void eachClientIsToldItsOwnTimeToComeBack() {
    try (TestGateway gateway = new TestSettings().drainSpread(Duration.ofSeconds(30)).start()) {
      List<RawSocket> sockets =
          IntStream.range(0, 20).mapToObj(_ -> RawSocket.greeted(gateway.port())).toList();
      sockets.forEach(socket -> socket.send(RawSocket.ping(1)).readFrame());

      Future<Void> drained = gateway.drain(BUDGET);
      List<Integer> times = new ArrayList<>();
      for (RawSocket socket : sockets) {
        Goodbye goodbye = socket.expectClose(CloseCode.GOING_AWAY);
        times.add(goodbye.getComeBackAfterMs());
        socket.sendClose(1012).close();
      }

      TestGateway.await(drained);
      assertThat(times).allMatch(time -> time >= 0 && time <= 30_000);
      assertThat(times.stream().distinct().count()).isGreaterThan(15);
    }
  }

  @Test
  void drainingGatewayAcceptsNobody() {
    try (TestGateway gateway = new TestSettings().start()) {
      TestGateway.await(gateway.drain(BUDGET));

      assertThatThrownBy(() -> RawSocket.to(gateway.port()))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void portThatIsTakenIsTold() {
    try (TestGateway gateway = new TestSettings().start()) {
      assertThatThrownBy(() -> new TestSettings().port(gateway.port()).start())
          .hasMessageContaining("ddress already in use");
    }
  }

  @Test
  void answersThatAreOwedComeBeforeTheGoodbye() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      Connection connection = gateway.nextConnection();
      gateway.requestsInFlight = true;
      socket.send(RawSocket.ping(1)).readFrame();

      Future<Void> drained = gateway.drain(BUDGET);
      TestGateway.await("the listener is asked", () -> gateway.askedForRequestsInFlight);
      connection.answer(8, TestGateway.pong());
      gateway.requestsInFlight = false;

      assertThat(socket.readFrame().getId()).isEqualTo(8);
      socket.expectClose(CloseCode.GOING_AWAY);
      socket.sendClose(1012);
      TestGateway.await(drained);
    }
  }

  @Test
  void answersThatNeverComeDoNotHoldUpTheDrain() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      gateway.requestsInFlight = true;
      socket.send(RawSocket.ping(1)).readFrame();

      Future<Void> drained = gateway.drain(Duration.ofSeconds(2));

      socket.expectClose(CloseCode.GOING_AWAY);
      TestGateway.await(drained);
    }
  }

  @Test
  void httpRequestInFlightIsAnswered() {
    try (TestGateway gateway = new TestSettings().lateAnswer(Duration.ofMillis(500)).start();
        RawSocket socket = RawSocket.to(gateway.port())) {
      socket.write("GET /late HTTP/1.1\r\nHost: localhost\r\n\r\n");
      TestGateway.await("the request has come", () -> gateway.lateRequests.get() == 1);

      Future<Void> drained = gateway.drain(BUDGET);

      assertThat(socket.readResponse()).endsWith("late");
      TestGateway.await(drained);
    }
  }
}

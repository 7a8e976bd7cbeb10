// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.session.CloseCode;
import tern.v1.Error;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;

/// The bounds of one connection, in time and amount.
@Tag("slow")
class GatewayLimitsTest {
  private static final int FRAME_LIMIT = 64 * 1024;

  @Test
  void frameBeyondTheLimitIsRefusedOnItsHeader() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      byte[] header = {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0, 1, 0, 1};

      socket.write(header).write(new byte[4]);

      socket.expectClose(CloseCode.TOO_BIG);
    }
  }

  @Test
  void fragmentsTogetherMayNotExceedTheLimit() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.write(RawSocket.frame(0x02, new byte[FRAME_LIMIT / 2]));
      socket.write(RawSocket.frame(0x00, new byte[FRAME_LIMIT / 2]));
      socket.write(RawSocket.frame(0x80, new byte[1]));

      socket.expectClose(CloseCode.TOO_BIG);
    }
  }

  @Test
  void endlessEmptyFragmentsAreRefused() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.write(RawSocket.frame(0x02, new byte[0]));
      for (int i = 0; i < 200; i++) {
        socket.write(RawSocket.frame(0x00, new byte[0]));
      }

      socket.expectClose(CloseCode.PROTOCOL_ERROR);
    }
  }

  @Test
  void helloMayNotBeAsLargeAsOtherFrames() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.upgraded(gateway.port())) {
      socket.write(RawSocket.frame(0x82, new byte[20_000]));

      socket.expectClose(CloseCode.TOO_BIG);
    }
  }

  @Test
  void silenceInsteadOfHelloClosesTheSocket() {
    try (TestGateway gateway = new TestSettings().helloTimeout(Duration.ofMillis(300)).start();
        RawSocket socket = RawSocket.upgraded(gateway.port())) {
      socket.write(RawSocket.frame(0x89, new byte[0]));

      assertThat(socket.read().opcode()).isEqualTo(RawSocket.PONG);
      assertThat(socket.expectClose(CloseCode.HELLO_TIMEOUT).getMayComeBack()).isTrue();
      assertThat(gateway.received).isEmpty();
    }
  }

  @Test
  void halfAnUpgradeIsGivenUp() {
    try (TestGateway gateway = new TestSettings().helloTimeout(Duration.ofMillis(300)).start();
        RawSocket socket = RawSocket.to(gateway.port())) {
      socket.write("GET /v1/ws HTTP/1.1\r\n");

      assertThat(socket.isAtEnd()).isTrue();
    }
  }

  @Test
  void otherFirstFrameThanHelloClosesTheSocket() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.upgraded(gateway.port())) {
      socket.send(RawSocket.ping(1));

      socket.expectClose(CloseCode.HELLO_EXPECTED);
      assertThat(gateway.received).isEmpty();
    }
  }

  @Test
  void secondHelloClosesTheSocket() {
    try (TestGateway gateway = new TestSettings().start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      socket.send(RawSocket.hello());

      socket.expectClose(CloseCode.HELLO_EXPECTED);
    }
  }

  @Test
  void silentClientIsPingedOnceAndThenClosed() {
    try (TestGateway gateway = new TestSettings().pingInterval(Duration.ofSeconds(1)).start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      assertThat(socket.read().opcode()).isEqualTo(RawSocket.PING);

      assertThat(socket.expectClose(CloseCode.IDLE).getMayComeBack()).isTrue();
    }
  }

  @Test
  void silenceIsCountedFromALateHelloOn() {
    try (TestGateway gateway = new TestSettings().pingInterval(Duration.ofSeconds(1)).start();
        RawSocket socket = RawSocket.upgraded(gateway.port())) {
      TestGateway.letPass(Duration.ofMillis(2500));

      socket.send(RawSocket.hello());

      assertThat(socket.read().opcode()).isEqualTo(RawSocket.PING);
    }
  }

  @Test
  void clientThatAnswersPingsStays() {
    try (TestGateway gateway = new TestSettings().pingInterval(Duration.ofSeconds(1)).start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(socket.read().opcode()).isEqualTo(RawSocket.PING);
        socket.write(RawSocket.frame(0x8A, new byte[0]));
      }

      assertThat(socket.send(RawSocket.ping(1)).readFrame().hasPong()).isTrue();
    }
  }

  @Test
  void framesBeyondTheRateAreRefusedWithTheTimeToWait() {
    try (TestGateway gateway = new TestSettings().frames(2, 4).start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      List<ServerFrame> answers = new ArrayList<>();
      for (int id = 1; id <= 6; id++) {
        socket.send(RawSocket.ping(id));
      }
      for (int id = 1; id <= 6; id++) {
        answers.add(socket.readFrame());
      }

      // The Hello took the first of four.
      assertThat(answers.subList(0, 3)).allMatch(ServerFrame::hasPong);
      Error refusal = answers.get(3).getError();
      assertThat(answers.get(3).getId()).isEqualTo(4);
      assertThat(refusal.getCode()).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
      assertThat(refusal.getMayRetry()).isTrue();
      assertThat(refusal.getRetryAfterMs()).isBetween(1, 500);
      assertThat(gateway.received).hasSize(4);
    }
  }

  @Test
  void clientThatGoesOnWhenRefusedIsClosed() {
    try (TestGateway gateway = new TestSettings().frames(1, 10).start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      for (int id = 1; id <= 60; id++) {
        socket.send(RawSocket.ping(id));
      }

      assertThat(socket.expectClose(CloseCode.TOO_MANY_FRAMES).getComeBackAfterMs()).isPositive();
    }
  }

  @Test
  void floodOfPingsIsClosedToo() {
    try (TestGateway gateway = new TestSettings().frames(1, 10).start();
        RawSocket socket = RawSocket.greeted(gateway.port())) {
      for (int i = 0; i < 60; i++) {
        socket.write(RawSocket.frame(0x89, new byte[0]));
      }

      socket.expectClose(CloseCode.TOO_MANY_FRAMES);
    }
  }

  @Test
  void socketBeyondTheLastPlaceIsToldToComeBack() {
    try (TestGateway gateway = new TestSettings().maxConnections(1).start();
        RawSocket first = RawSocket.greeted(gateway.port())) {
      gateway.nextConnection();
      try (RawSocket second = RawSocket.upgraded(gateway.port())) {
        assertThat(second.expectClose(CloseCode.OVERLOADED).getComeBackAfterMs()).isPositive();
      }

      assertThat(first.send(RawSocket.ping(1)).readFrame().hasPong()).isTrue();
    }
  }

  @Test
  void placeIsFreeAgainWhenASocketHasGone() {
    try (TestGateway gateway = new TestSettings().maxConnections(1).start()) {
      RawSocket.greeted(gateway.port()).close();
      gateway.closedConnection();

      try (RawSocket socket = RawSocket.greeted(gateway.port())) {
        assertThat(socket.send(RawSocket.ping(1)).readFrame().hasPong()).isTrue();
      }
    }
  }
}

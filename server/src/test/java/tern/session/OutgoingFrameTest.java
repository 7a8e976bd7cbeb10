// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A frame for any number of sockets.
class OutgoingFrameTest {
  @ParameterizedTest
  @CsvSource({
    "0, 8200",
    "125, 827d",
    "126, 827e007e",
    "65535, 827effff",
    "65536, 827f0000000000010000",
  })
  void headerTellsTheLengthInAsFewBytesAsItNeeds(int length, String header) {
    OutgoingFrame frame = new OutgoingFrame(_ -> Unpooled.buffer().writeZero(length));

    ByteBuf framed = frame.framed(Subprotocol.PROTO);

    assertThat(ByteBufUtil.hexDump(framed, 0, header.length() / 2)).isEqualTo(header);
    assertThat(framed.readableBytes()).isEqualTo(header.length() / 2 + length);
    framed.release();
    frame.release();
  }

  @Test
  void frameIsEncodedOncePerSubprotocolWhoeverAsks() {
    AtomicInteger encoded = new AtomicInteger();
    OutgoingFrame frame =
        new OutgoingFrame(
            _ -> {
              encoded.incrementAndGet();
              return Unpooled.buffer().writeZero(10);
            });

    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 100; i++) {
        threads.execute(() -> frame.framed(Subprotocol.PROTO).release());
        threads.execute(() -> frame.framed(Subprotocol.JSON).release());
      }
    }

    assertThat(encoded).hasValue(2);
    frame.release();
  }

  @Test
  void jsonLeavesAsTextAndProtoAsBinary() {
    OutgoingFrame frame = new OutgoingFrame(_ -> Unpooled.buffer().writeByte(1));

    ByteBuf json = frame.framed(Subprotocol.JSON);
    ByteBuf proto = frame.framed(Subprotocol.PROTO);

    assertThat(json.getUnsignedByte(0)).isEqualTo((short) 0x81);
    assertThat(proto.getUnsignedByte(0)).isEqualTo((short) 0x82);
    json.release();
    proto.release();
    frame.release();
  }

  @Test
  void bytesAreFreedWithTheLastHolder() {
    ByteBuf payload = Unpooled.buffer().writeByte(1);
    OutgoingFrame frame = new OutgoingFrame(_ -> payload);

    ByteBuf inFlight = frame.framed(Subprotocol.PROTO);
    assertThat(payload.refCnt()).isZero();
    assertThat(frame.release()).isTrue();
    assertThat(inFlight.refCnt()).isEqualTo(1);

    assertThat(inFlight.release()).isTrue();
    assertThatThrownBy(() -> frame.framed(Subprotocol.PROTO))
        .isInstanceOf(IllegalReferenceCountException.class);
    assertThatThrownBy(() -> frame.framed(Subprotocol.JSON))
        .isInstanceOf(IllegalReferenceCountException.class);
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.v1.ClientFrame;
import tern.v1.Hello;
import tern.v1.Pong;
import tern.v1.ServerFrame;

class SocketTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<ServerFrame> received = new ArrayList<>();
  private final List<Integer> closed = new ArrayList<>();
  private final Socket socket = new Socket(channel, new Listener());

  SocketTest() {
    channel.pipeline().addLast(socket);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 125, 126, 1_000, 65_535, 70_000})
  void sentFramesAreMaskedAndWhole(int size) throws Exception {
    ClientFrame frame =
        ClientFrame.newBuilder()
            .setId(7)
            .setHello(Hello.newBuilder().setClient("x".repeat(size)))
            .build();

    socket.send(frame);

    assertThat(ClientFrame.parseFrom(unmasked(channel.readOutbound()))).isEqualTo(frame);
  }

  @Test
  void frameThatComesByteByByteIsReceivedOnce() {
    ByteBuf bytes = frame(0x82, pong(5).toByteArray());

    while (bytes.isReadable()) {
      channel.writeInbound(bytes.readRetainedSlice(1));
    }

    assertThat(received).containsExactly(pong(5));
  }

  @Test
  void fragmentsAreJoinedAcrossAPing() {
    byte[] whole = pong(300).toByteArray();
    byte[] head = {whole[0]};
    byte[] tail = Arrays.copyOfRange(whole, 1, whole.length);

    channel.writeInbound(frame(0x02, head), frame(0x89, new byte[] {1}), frame(0x80, tail));

    assertThat(received).containsExactly(pong(300));
    assertThat(unmasked(channel.readOutbound())).containsExactly(1);
  }

  @Test
  void closeCodeIsTold() {
    channel.writeInbound(frame(0x88, new byte[] {(byte) (4002 >> 8), (byte) (4002 & 0xff)}));

    assertThat(closed).containsExactly(4002);
  }

  @Test
  void lostNetworkHasNoCloseCode() {
    ChannelFuture _ = channel.close();

    assertThat(closed).containsExactly(1006);
  }

  private static ServerFrame pong(int id) {
    return ServerFrame.newBuilder()
        .setId(id)
        .setPong(Pong.newBuilder().setServerTimeMs(1L << 40))
        .build();
  }

  private static ByteBuf frame(int first, byte[] payload) {
    return Unpooled.buffer().writeByte(first).writeByte(payload.length).writeBytes(payload);
  }

  private static byte[] unmasked(ByteBuf frame) {
    frame.skipBytes(1);
    int length = frame.readUnsignedByte();
    assertThat(length & 0x80).isEqualTo(0x80);
    length &= 0x7f;
    length =
        length == 126 ? frame.readUnsignedShort() : length == 127 ? (int) frame.readLong() : length;
    byte[] mask = new byte[4];
    frame.readBytes(mask);
    byte[] payload = new byte[length];
    frame.readBytes(payload);
    for (int i = 0; i < length; i++) {
      payload[i] ^= mask[i % 4];
    }
    assertThat(frame.isReadable()).isFalse();
    return payload;
  }

  private final class Listener implements SocketListener {
    @Override
    public void opened(Socket opened) {}

    @Override
    public void received(Socket from, ServerFrame frame) {
      received.add(frame);
    }

    @Override
    public void closed(int code) {
      closed.add(code);
    }
  }
}

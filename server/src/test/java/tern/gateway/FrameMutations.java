// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import tern.session.Subprotocol;
import tern.v1.ClientFrame;
import tern.v1.Hello;

/// A client that sends good frames with wrong bytes in them, again and again, and looks after each
/// one whether the gateway still answers, or has closed the socket in order.
final class FrameMutations {
  private static final int MAX_HEADER_BYTES = 8;
  private static final int FIRST_PROBE = 1_000_000;

  private final int port;
  private final Subprotocol subprotocol;
  private final SplittableRandom random;
  private final List<byte[]> samples;

  FrameMutations(int port, Subprotocol subprotocol, SplittableRandom random) {
    this.port = port;
    this.subprotocol = subprotocol;
    this.random = random;
    this.samples = SampleFrames.all().stream().map(this::encoded).toList();
  }

  /// Sends so many frames whose payload is wrong, on as few sockets as the gateway allows; returns
  /// how many it has closed.
  int payloads(int count) {
    int closed = 0;
    RawSocket socket = connect();
    for (int i = 0; i < count; i++) {
      byte[] payload = sample();
      mutate(payload, payload.length);
      socket.write(framed(payload)).write(framed(encoded(RawSocket.ping(FIRST_PROBE + i))));
      if (!answers(socket, FIRST_PROBE + i)) {
        closed++;
        cut(socket);
        socket = connect();
      }
    }
    cut(socket);
    return closed;
  }

  /// Sends so many frames whose WebSocket header is wrong, each on a socket of its own, as its
  /// length may swallow all that follows.
  void headers(int count) {
    for (int i = 0; i < count; i++) {
      byte[] frame = framed(sample());
      mutate(frame, MAX_HEADER_BYTES);
      RawSocket socket = connect().write(frame);
      try {
        socket.socket().shutdownOutput();
        socket.readToEnd();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        cut(socket);
      }
    }
  }

  private RawSocket connect() {
    RawSocket socket = RawSocket.to(port).upgrade(subprotocol.token());
    Hello.Builder hello = Hello.newBuilder().setDeviceId("phone");
    return socket.write(framed(encoded(ClientFrame.newBuilder().setHello(hello).build())));
  }

  private boolean answers(RawSocket socket, int probe) {
    while (true) {
      RawSocket.Received received = socket.read();
      if (received.opcode() == RawSocket.CLOSE) {
        return false;
      }
      boolean isAnswer =
          subprotocol == Subprotocol.JSON
              ? received.text().startsWith("{\"id\":" + probe + ",\"pong\"")
              : received.frame().getId() == probe;
      if (isAnswer) {
        return true;
      }
    }
  }

  private byte[] sample() {
    byte[] sample = samples.get(random.nextInt(samples.size()));
    return Arrays.copyOf(sample, sample.length);
  }

  private void mutate(byte[] bytes, int within) {
    int mutations = 1 + random.nextInt(3);
    for (int i = 0; i < mutations; i++) {
      bytes[random.nextInt(Math.min(within, bytes.length))] ^= (byte) (1 + random.nextInt(255));
    }
  }

  private byte[] framed(byte[] payload) {
    return RawSocket.frame(RawSocket.FIN | subprotocol.opcode(), payload);
  }

  private byte[] encoded(ClientFrame frame) {
    try {
      return subprotocol == Subprotocol.PROTO
          ? frame.toByteArray()
          : JsonFormat.printer()
              .omittingInsignificantWhitespace()
              .print(frame)
              .getBytes(StandardCharsets.UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /// A reset, so that a hundred thousand sockets do not linger in the kernel.
  private static void cut(RawSocket socket) {
    try {
      socket.socket().setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

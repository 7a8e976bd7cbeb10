// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import tern.gateway.RawSocket;
import tern.v1.ClientFrame;
import tern.v1.Goodbye;
import tern.v1.Hello;
import tern.v1.ServerFrame;

/// A client that does what none should: sends any bytes, reads when it likes, answers no ping. It
/// stands on a [RawSocket] with little room to receive.
public final class UnrulyClient implements AutoCloseable {
  /// The first byte of an unfragmented binary message.
  public static final int BINARY = RawSocket.FIN | RawSocket.BINARY;

  /// The first byte of an unfragmented text message.
  public static final int TEXT = RawSocket.FIN | RawSocket.TEXT;

  /// The first byte of a close frame.
  public static final int CLOSE = RawSocket.FIN | RawSocket.CLOSE;

  private static final int PATIENCE_MS = 15_000;
  private static final int SMALL = 4 * 1024;

  private final RawSocket socket;
  private int closeCode;

  private UnrulyClient(int port) {
    Socket small = new Socket();
    try {
      // Little room, so that a slow reader is soon noticed.
      small.setReceiveBufferSize(SMALL);
      small.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket = new RawSocket(small);
      small.setSoTimeout(PATIENCE_MS);
      socket.upgrade("tern.v1.proto");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An upgraded socket that has said nothing.
  public static UnrulyClient open(TestNode node) {
    return new UnrulyClient(node.port());
  }

  /// A socket that has said Hello, and may not have read the answer.
  public static UnrulyClient greeted(TestNode node, String user, String instance) {
    return greeted(node, hello(node.token(user, Duration.ofHours(1)), "phone", instance));
  }

  /// A socket that has sent this Hello.
  public static UnrulyClient greeted(TestNode node, ClientFrame hello) {
    UnrulyClient client = open(node);
    client.send(hello);
    return client;
  }

  /// A frame that says Hello.
  public static ClientFrame hello(String token, String device, String instance) {
    return ClientFrame.newBuilder()
        .setId(1)
        .setHello(
            Hello.newBuilder().setAccessToken(token).setDeviceId(device).setInstanceId(instance))
        .build();
  }

  /// Sends a frame.
  public UnrulyClient send(ClientFrame frame) {
    return send(BINARY, frame.toByteArray());
  }

  /// Sends a masked WebSocket frame with this first byte.
  public UnrulyClient send(int firstByte, byte[] payload) {
    return write(RawSocket.frame(firstByte, payload));
  }

  /// Sends bytes that need not be a WebSocket frame.
  public UnrulyClient write(byte[] bytes) {
    socket.write(bytes);
    return this;
  }

  /// Reads up to the server's close frame; returns the goodbye before it, empty if there was none.
  public Goodbye goodbye() {
    Goodbye goodbye = Goodbye.getDefaultInstance();
    RawSocket.Received next = socket.read();
    while (next.opcode() != RawSocket.CLOSE) {
      if (next.opcode() == RawSocket.BINARY) {
        goodbye = next.frame().getGoodbye();
      }
      next = socket.read();
    }
    closeCode = next.closeCode();
    return goodbye;
  }

  /// Reads the next frame.
  public ServerFrame frame() {
    return socket.read().frame();
  }

  /// The number in the server's close frame, once [#goodbye] has read it.
  public int closeCode() {
    return closeCode;
  }

  @Override
  public void close() {
    socket.close();
  }
}

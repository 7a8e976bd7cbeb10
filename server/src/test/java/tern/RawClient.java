// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import tern.v1.ClientFrame;
import tern.v1.Goodbye;
import tern.v1.Hello;
import tern.v1.ServerFrame;

/// A client that does what none should: sends any bytes, reads when it likes, answers no ping.
public final class RawClient implements AutoCloseable {
  /// The first byte of an unfragmented binary message.
  public static final int BINARY = 0x82;

  /// The first byte of an unfragmented text message.
  public static final int TEXT = 0x81;

  /// The first byte of a close frame.
  public static final int CLOSE = 0x88;

  private static final int PATIENCE_MS = 15_000;
  private static final int SMALL = 4 * 1024;
  private static final byte[] MASK = {1, 2, 3, 4};

  private static final String UPGRADE =
      String.join(
          "\r\n",
          "GET /v1/ws HTTP/1.1",
          "Host: localhost",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Protocol: tern.v1.proto",
          "",
          "");

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private int closeCode;

  private RawClient(int port) {
    try {
      // Little room, so that a slow reader is soon noticed.
      socket.setReceiveBufferSize(SMALL);
      socket.setSoTimeout(PATIENCE_MS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
      skipHead();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An upgraded socket that has said nothing.
  public static RawClient open(TestNode node) {
    return new RawClient(node.port());
  }

  /// A socket that has said Hello, and may not have read the answer.
  public static RawClient greeted(TestNode node, String user, String instance) {
    return greeted(node, hello(node.token(user, Duration.ofHours(1)), "phone", instance));
  }

  /// A socket that has sent this Hello.
  public static RawClient greeted(TestNode node, ClientFrame hello) {
    RawClient client = open(node);
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

  private void skipHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (head.indexOf("HTTP/1.1 101 ") != 0) {
      throw new AssertionError("no upgrade: " + head);
    }
  }

  /// Sends a frame.
  public RawClient send(ClientFrame frame) {
    return send(BINARY, frame.toByteArray());
  }

  /// Sends a masked WebSocket frame with this first byte.
  public RawClient send(int firstByte, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(14 + payload.length).put((byte) firstByte);
    if (payload.length < 126) {
      out.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      out.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      out.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    out.put(MASK);
    for (int i = 0; i < payload.length; i++) {
      out.put((byte) (payload[i] ^ MASK[i % MASK.length]));
    }
    return write(Arrays.copyOf(out.array(), out.position()));
  }

  /// Sends bytes that need not be a WebSocket frame.
  public RawClient write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads up to the server's close frame; returns the goodbye before it, empty if there was none.
  public Goodbye goodbye() {
    Goodbye goodbye = Goodbye.getDefaultInstance();
    try {
      while (true) {
        int opcode = in.readUnsignedByte() & 0xF;
        ByteString payload = ByteString.copyFrom(in.readNBytes(length()));
        if (opcode == 0x8) {
          closeCode = payload.asReadOnlyByteBuffer().getShort() & 0xFFFF;
          return goodbye;
        }
        if (opcode == 0x2) {
          goodbye = ServerFrame.parseFrom(payload).getGoodbye();
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not a server frame", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads the next frame.
  public ServerFrame frame() {
    try {
      in.readUnsignedByte();
      return ServerFrame.parseFrom(in.readNBytes(length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The number in the server's close frame, once [#goodbye] has read it.
  public int closeCode() {
    return closeCode;
  }

  private int length() throws IOException {
    int length = in.readUnsignedByte();
    return switch (length) {
      case 126 -> in.readUnsignedShort();
      case 127 -> Math.toIntExact(in.readLong());
      default -> length;
    };
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

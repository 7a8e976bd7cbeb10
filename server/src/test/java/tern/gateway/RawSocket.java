// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import tern.session.CloseCode;
import tern.v1.ClientFrame;
import tern.v1.Goodbye;
import tern.v1.Hello;
import tern.v1.Ping;
import tern.v1.ServerFrame;

/// A WebSocket client that sends whatever it is told to, byte for byte, and reads what comes. Every
/// reading call fails after 10 s, unless the socket below is told otherwise.
public final class RawSocket implements AutoCloseable {
  /// The opcode of a text message.
  public static final int TEXT = 0x1;

  /// The opcode of a binary message.
  public static final int BINARY = 0x2;

  /// The opcode of a close frame.
  public static final int CLOSE = 0x8;

  /// In the first byte, beside the opcode: nothing of the message follows.
  public static final int FIN = 0x80;

  static final int PING = 0x9;
  static final int PONG = 0xA;

  private static final byte[] MASK = {0x12, (byte) 0xF4, 0x5A, 0x07};
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;

  /// A frame from the server.
  public record Received(int opcode, ByteString payload) {
    /// The frame of the binary subprotocol that it carries.
    public ServerFrame frame() {
      try {
        return ServerFrame.parseFrom(payload);
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError("not a server frame", e);
      }
    }

    String text() {
      return payload.toStringUtf8();
    }

    /// The number in a close frame.
    public int closeCode() {
      return payload.asReadOnlyByteBuffer().getShort() & 0xFFFF;
    }
  }

  /// A connected socket that has not asked for the upgrade.
  public RawSocket(Socket socket) {
    try {
      this.socket = socket;
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawSocket to(int port) {
    try {
      return new RawSocket(new Socket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An upgraded socket of the binary subprotocol.
  static RawSocket upgraded(int port) {
    return to(port).upgrade("tern.v1.proto");
  }

  /// An upgraded socket that has said `Hello`.
  static RawSocket greeted(int port) {
    RawSocket socket = upgraded(port);
    socket.send(hello());
    return socket;
  }

  static ClientFrame hello() {
    return ClientFrame.newBuilder().setHello(Hello.newBuilder().setDeviceId("phone")).build();
  }

  static ClientFrame ping(int id) {
    return ClientFrame.newBuilder().setId(id).setPing(Ping.getDefaultInstance()).build();
  }

  static String request(String subprotocol, String... moreHeaders) {
    StringBuilder request =
        new StringBuilder("GET /v1/ws HTTP/1.1\r\nHost: localhost\r\n")
            .append("Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n")
            .append("Sec-WebSocket-Version: 13\r\n")
            .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
            .append("Sec-WebSocket-Protocol: ")
            .append(subprotocol)
            .append("\r\n");
    for (String header : moreHeaders) {
      request.append(header).append("\r\n");
    }
    return request.append("\r\n").toString();
  }

  /// Asks for the upgrade and reads the answer.
  public RawSocket upgrade(String subprotocol, String... moreHeaders) {
    write(request(subprotocol, moreHeaders));
    String head = readHead();
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError("no upgrade: " + head);
    }
    return this;
  }

  RawSocket write(String text) {
    return write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends these bytes.
  public RawSocket write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawSocket send(ClientFrame frame) {
    return write(frame(FIN | BINARY, frame.toByteArray()));
  }

  RawSocket sendJson(String json) {
    return write(frame(FIN | TEXT, json.getBytes(StandardCharsets.UTF_8)));
  }

  RawSocket sendClose(int code) {
    byte[] payload = ByteBuffer.allocate(2).putShort((short) code).array();
    return write(frame(FIN | CLOSE, payload));
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /// Returns a masked frame.
  public static byte[] frame(int firstByte, byte[] payload) {
    int length = payload.length;
    ByteBuffer out = ByteBuffer.allocate(14 + length).put((byte) firstByte);
    if (length < 126) {
      out.put((byte) (0x80 | length));
    } else if (length < 65_536) {
      out.put((byte) (0x80 | 126)).putShort((short) length);
    } else {
      out.put((byte) (0x80 | 127)).putLong(length);
    }
    out.put(MASK);
    for (int i = 0; i < length; i++) {
      out.put((byte) (payload[i] ^ MASK[i % MASK.length]));
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /// Returns the head of an HTTP response, or what came before the end.
  String readHead() {
    StringBuilder head = new StringBuilder();
    try {
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        head.append((char) next);
      }
      return head.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns a whole HTTP response that has a content length.
  String readResponse() {
    String head = readHead();
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length: ");
    if (at < 0) {
      return head;
    }
    int from = at + "content-length: ".length();
    int length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
    return head + new String(readBytes(length), StandardCharsets.UTF_8);
  }

  /// Reads the next WebSocket frame.
  public Received read() {
    try {
      int first = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = Math.toIntExact(in.readLong());
      }
      return new Received(first & 0xF, ByteString.copyFrom(readBytes(length)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the next frame of the binary subprotocol.
  ServerFrame readFrame() {
    Received received = read();
    if (received.opcode() != BINARY) {
      throw new AssertionError("opcode " + received.opcode() + " instead of a frame");
    }
    return received.frame();
  }

  /// Reads on to the server's close frame, and checks that it and the goodbye before it say this
  /// code; returns the goodbye, as JSON becomes it too.
  Goodbye expectClose(CloseCode code) {
    Received last = read();
    Received next = read();
    while (next.opcode() != CLOSE) {
      last = next;
      next = read();
    }
    if (next.closeCode() != code.number()) {
      throw new AssertionError("close code: " + next.closeCode() + " (expected: " + code + ")");
    }
    Goodbye goodbye = goodbyeIn(last);
    if (goodbye.getCloseCode() != code.number() || !goodbye.getName().equals(code.name())) {
      throw new AssertionError("goodbye: " + goodbye + " (expected: " + code + ")");
    }
    return goodbye;
  }

  private static Goodbye goodbyeIn(Received last) {
    try {
      ServerFrame.Builder frame = ServerFrame.newBuilder();
      if (last.opcode() == TEXT) {
        JsonFormat.parser().merge(last.text(), frame);
      } else {
        frame.mergeFrom(last.payload());
      }
      return frame.getGoodbye();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not a server frame", e);
    }
  }

  /// Reads what is left, until the server ends or resets the connection.
  void readToEnd() {
    try {
      in.readAllBytes();
    } catch (SocketException _) {
      // Reset: the end, too.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAtEnd() {
    try {
      return in.read() < 0;
    } catch (SocketException | EOFException _) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] readBytes(int length) {
    try {
      return in.readNBytes(length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

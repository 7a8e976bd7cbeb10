// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/// Asks for the upgrade and checks the answer, then gives its place in the pipeline to the
/// [Socket]. An answer that is no upgrade closes the channel.
final class Handshake extends ByteToMessageDecoder {
  // https://www.rfc-editor.org/rfc/rfc6455#section-1.3
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int MAX_ANSWER_BYTES = 16 * 1024;
  private static final String END = "\r\n\r\n";

  private final Address address;
  private final Socket socket;
  private final String key;

  Handshake(Address address, Socket socket) {
    this.address = address;
    this.socket = socket;
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    String request =
        "GET "
            + address.socketPath()
            + " HTTP/1.1\r\nHost: "
            + address.host()
            + ":"
            + address.port()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
            + "\r\nSec-WebSocket-Protocol: tern.v1.proto\r\nSec-WebSocket-Key: "
            + key
            + END;
    ChannelFuture _ =
        context.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    String text = in.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf(END);
    if (end < 0) {
      if (text.length() > MAX_ANSWER_BYTES) {
        ChannelFuture _ = context.close();
      }
      return;
    }
    in.skipBytes(end + END.length());
    if (!isUpgrade(text.substring(0, end))) {
      in.skipBytes(in.readableBytes());
      ChannelFuture _ = context.close();
      return;
    }
    // Frames that came in the same segment reach the socket when this handler leaves.
    context.pipeline().addLast(socket);
    socket.open();
    context.pipeline().remove(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    socket.gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture _ = context.close();
  }

  private boolean isUpgrade(String head) {
    String[] lines = head.split("\r\n");
    return lines[0].startsWith("HTTP/1.1 101")
        && accept(key).equals(header(lines, "sec-websocket-accept"))
        && "tern.v1.proto".equals(header(lines, "sec-websocket-protocol"));
  }

  private static String header(String[] lines, String name) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
        return line.substring(colon + 1).trim();
      }
    }
    return "";
  }

  private static String accept(String key) {
    try {
      byte[] bytes = (key + GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-1", e);
    }
  }
}

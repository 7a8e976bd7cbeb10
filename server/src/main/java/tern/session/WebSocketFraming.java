// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/// Writes the server's side of RFC 6455: unfragmented, unmasked frames.
final class WebSocketFraming {
  static final int PONG = 0xA;

  /// A ping without payload, for all sockets.
  static final ByteBuf PING =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer(2).writeByte(0x89).writeByte(0).asReadOnly());

  private static final int FIN = 0x80;
  private static final int CLOSE = 0x8;
  private static final int LONGEST_HEADER = 10;
  private static final int LARGEST_IN_7_BITS = 125;
  private static final int LARGEST_IN_16_BITS = 0xFFFF;

  private WebSocketFraming() {}

  static ByteBuf frame(int opcode, ByteBuf payload) {
    int length = payload.readableBytes();
    ByteBuf out =
        ByteBufAllocator.DEFAULT.directBuffer(LONGEST_HEADER + length).writeByte(FIN | opcode);
    if (length <= LARGEST_IN_7_BITS) {
      out.writeByte(length);
    } else if (length <= LARGEST_IN_16_BITS) {
      out.writeByte(126).writeShort(length);
    } else {
      out.writeByte(127).writeLong(length);
    }
    return out.writeBytes(payload);
  }

  static ByteBuf close(int number, String reason) {
    int length = Short.BYTES + ByteBufUtil.utf8Bytes(reason);
    ByteBuf out = ByteBufAllocator.DEFAULT.directBuffer(2 + length);
    out.writeByte(FIN | CLOSE).writeByte(length).writeShort(number);
    ByteBufUtil.writeUtf8(out, reason);
    return out;
  }

  /// A close frame without a code, the echo of one.
  static ByteBuf bareClose() {
    return ByteBufAllocator.DEFAULT.directBuffer(2).writeByte(FIN | CLOSE).writeByte(0);
  }
}

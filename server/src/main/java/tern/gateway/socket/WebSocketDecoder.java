// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import tern.session.CloseCode;

/// The client's side of RFC 6455, without extensions: bytes in, whole messages out.
///
/// Owned by the socket's event loop. Sizes are checked on the header, before anything is kept for
/// the payload, and memory grows only with bytes that have come. After the first violation, or
/// [#stop], it swallows all bytes.
final class WebSocketDecoder {
  /// What the bytes mean. A payload is only lent for the call.
  interface Sink {
    void message(boolean text, ByteBuf payload);

    void ping(ByteBuf payload);

    void pong();

    /// The peer's close frame, with its payload.
    void close(ByteBuf payload);

    /// The bytes are no WebSocket, or too many; nothing more comes.
    void violated(CloseCode code);
  }

  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;
  private static final int MAX_CONTROL_PAYLOAD = 125;
  private static final int MASK_BYTES = 4;

  /// Enough for any client that streams; keeps empty fragments from costing without end.
  private static final int MAX_FRAGMENTS = 128;

  private final Sink sink;
  private int maxMessageBytes;
  private @Nullable ByteBuf rest; // bytes of a frame that is not yet complete
  private @Nullable ByteBuf fragments; // payload of a message that is not yet complete
  private boolean text; // of the message in fragments
  private int fragmentCount;
  private boolean stopped;

  WebSocketDecoder(Sink sink, int maxMessageBytes) {
    this.sink = sink;
    this.maxMessageBytes = maxMessageBytes;
  }

  /// Sets the bound of the messages that begin from now on.
  void limit(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  /// Takes the next bytes and releases them.
  void decode(ByteBuf in, ByteBufAllocator allocator) {
    ByteBuf bytes = in;
    boolean ours = rest != null;
    if (rest != null) {
      bytes = rest.writeBytes(in);
      rest = null;
      in.release();
    }
    boolean complete = true;
    try {
      while (complete && !stopped) {
        complete = decodeFrame(bytes, allocator);
      }
    } finally {
      keepRest(bytes, ours, allocator);
    }
  }

  /// Frees what was kept and swallows what comes.
  void stop() {
    stopped = true;
    ReferenceCountUtil.release(rest);
    ReferenceCountUtil.release(fragments);
    rest = null;
    fragments = null;
  }

  private void keepRest(ByteBuf bytes, boolean ours, ByteBufAllocator allocator) {
    if (stopped || !bytes.isReadable()) {
      bytes.release();
    } else if (ours) {
      rest = bytes.discardReadBytes();
    } else {
      rest = allocator.buffer(bytes.readableBytes()).writeBytes(bytes);
      bytes.release();
    }
  }

  /// Returns whether a whole frame was there.
  private boolean decodeFrame(ByteBuf in, ByteBufAllocator allocator) {
    if (in.readableBytes() < 2) {
      return false;
    }
    int start = in.readerIndex();
    int first = in.getUnsignedByte(start);
    int second = in.getUnsignedByte(start + 1);
    int opcode = first & 0xF;
    boolean last = (first & FIN) != 0;
    int shortLength = second & 0x7F;
    if ((first & RESERVED) != 0
        || (second & MASKED) == 0
        || !isInPlace(opcode, last, shortLength)) {
      return violated(CloseCode.PROTOCOL_ERROR);
    }
    int lengthBytes = shortLength < 126 ? 0 : shortLength == 126 ? Short.BYTES : Long.BYTES;
    int headerBytes = 2 + lengthBytes + MASK_BYTES;
    if (in.readableBytes() < headerBytes) {
      return false;
    }
    long length = payloadLength(in, start + 2, shortLength);
    if (length < 0) {
      return violated(CloseCode.PROTOCOL_ERROR);
    }
    if (opcode < CLOSE && length > maxMessageBytes - fragmentBytes()) {
      return violated(CloseCode.TOO_BIG);
    }
    if (in.readableBytes() < headerBytes + length) {
      return false;
    }
    int mask = in.getInt(start + headerBytes - MASK_BYTES);
    ByteBuf payload = in.skipBytes(headerBytes).readSlice((int) length);
    unmask(payload, mask);
    take(opcode, last, payload, allocator);
    return true;
  }

  /// Whether such a frame may come now.
  private boolean isInPlace(int opcode, boolean last, int shortLength) {
    return switch (opcode) {
      case TEXT, BINARY -> fragments == null;
      case CONTINUATION -> fragments != null && fragmentCount < MAX_FRAGMENTS;
      case CLOSE, PING, PONG -> last && shortLength <= MAX_CONTROL_PAYLOAD;
      default -> false;
    };
  }

  /// Returns the length, or -1 where a shorter form would have done, or its sign bit is set.
  private static long payloadLength(ByteBuf in, int index, int shortLength) {
    return switch (shortLength) {
      case 126 -> {
        int length = in.getUnsignedShort(index);
        yield length < 126 ? -1 : length;
      }
      case 127 -> {
        long length = in.getLong(index);
        yield length <= 0xFFFF ? -1 : length;
      }
      default -> shortLength;
    };
  }

  private int fragmentBytes() {
    return fragments == null ? 0 : fragments.readableBytes();
  }

  private static void unmask(ByteBuf payload, int mask) {
    int index = payload.readerIndex();
    int end = payload.writerIndex();
    for (; index + Integer.BYTES <= end; index += Integer.BYTES) {
      payload.setInt(index, payload.getInt(index) ^ mask);
    }
    for (int shift = 24; index < end; index++, shift -= Byte.SIZE) {
      payload.setByte(index, payload.getByte(index) ^ (mask >>> shift));
    }
  }

  private void take(int opcode, boolean last, ByteBuf payload, ByteBufAllocator allocator) {
    switch (opcode) {
      case PING -> sink.ping(payload);
      case PONG -> sink.pong();
      case CLOSE -> sink.close(payload);
      case CONTINUATION -> continueMessage(last, payload);
      default -> beginMessage(opcode == TEXT, last, payload, allocator);
    }
  }

  private void beginMessage(
      boolean isText, boolean last, ByteBuf payload, ByteBufAllocator allocator) {
    if (last) {
      sink.message(isText, payload);
    } else {
      text = isText;
      fragmentCount = 1;
      fragments = allocator.buffer(payload.readableBytes()).writeBytes(payload);
    }
  }

  private void continueMessage(boolean last, ByteBuf payload) {
    if (fragments == null) {
      return;
    }
    fragmentCount++;
    ByteBuf message = fragments.writeBytes(payload);
    if (last) {
      fragments = null;
      try {
        sink.message(text, message);
      } finally {
        message.release();
      }
    }
  }

  private boolean violated(CloseCode code) {
    stop();
    sink.violated(code);
    return false;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import tern.v1.ClientFrame;
import tern.v1.ServerFrame;

/// One WebSocket: frames in, frames out, masked as a client must. Owned by its event loop, on
/// which every method is called. What is sent while reading leaves in one flush at the end.
final class Socket extends ByteToMessageDecoder {
  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;
  private static final int NO_CODE = 1006;

  private final Channel channel;
  private final SocketListener listener;
  private byte[] fragments = new byte[0];
  private boolean reading;
  private boolean isClosed;
  private int closeCode = NO_CODE;

  Socket(Channel channel, SocketListener listener) {
    this.channel = channel;
    this.listener = listener;
  }

  void send(ClientFrame frame) {
    int size = frame.getSerializedSize();
    ByteBuf out = channel.alloc().buffer(14 + size);
    int mask = begin(out, BINARY, size);
    int start = out.writerIndex();
    try {
      CodedOutputStream coded = CodedOutputStream.newInstance(out.nioBuffer(start, size));
      frame.writeTo(coded);
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.writerIndex(start + size);
    mask(out, start, mask);
    write(out);
  }

  /// Says goodbye and closes.
  void close() {
    ByteBuf out = channel.alloc().buffer(8);
    int mask = begin(out, CLOSE, 2);
    int start = out.writerIndex();
    out.writeShort(1000);
    mask(out, start, mask);
    ChannelFuture _ = channel.writeAndFlush(out).addListener(_ -> abort());
  }

  /// Closes without a word, as a lost network would.
  void abort() {
    ChannelFuture _ = channel.close();
  }

  void open() {
    listener.opened(this);
  }

  void gone() {
    if (!isClosed) {
      isClosed = true;
      listener.closed(closeCode);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    reading = true;
    super.channelRead(context, message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    reading = false;
    context.flush();
    super.channelReadComplete(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    abort();
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int start = in.readerIndex();
    if (in.readableBytes() < 2) {
      return;
    }
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    int more = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (in.readableBytes() < more) {
      in.readerIndex(start);
      return;
    }
    length = more == 2 ? in.readUnsignedShort() : more == 8 ? in.readLong() : length;
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new CorruptedFrameException("frame size: " + length + " (expected: below 2 GiB)");
    }
    if (in.readableBytes() < length) {
      in.readerIndex(start);
      return;
    }
    byte[] payload = new byte[(int) length];
    in.readBytes(payload);
    receive(first & 0x0f, (first & FINAL) != 0, payload);
  }

  private void receive(int opcode, boolean isFinal, byte[] payload) {
    switch (opcode) {
      case BINARY, CONTINUATION -> receivePart(isFinal, payload);
      case PING -> {
        ByteBuf out = channel.alloc().buffer(14 + payload.length);
        int mask = begin(out, PONG, payload.length);
        int start = out.writerIndex();
        out.writeBytes(payload);
        mask(out, start, mask);
        write(out);
      }
      case CLOSE -> {
        if (payload.length >= 2) {
          closeCode = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        }
        abort();
      }
      case PONG -> {}
      default -> throw new CorruptedFrameException("opcode: " + opcode + " (expected: binary)");
    }
  }

  private void receivePart(boolean isFinal, byte[] payload) {
    byte[] whole = payload;
    if (fragments.length > 0) {
      whole = new byte[fragments.length + payload.length];
      System.arraycopy(fragments, 0, whole, 0, fragments.length);
      System.arraycopy(payload, 0, whole, fragments.length, payload.length);
    }
    fragments = isFinal ? new byte[0] : whole;
    if (isFinal && !isClosed) {
      try {
        listener.received(this, ServerFrame.parseFrom(UnsafeByteOperations.unsafeWrap(whole)));
      } catch (InvalidProtocolBufferException e) {
        throw new CorruptedFrameException(e);
      }
    }
  }

  private static int begin(ByteBuf out, int opcode, int size) {
    out.writeByte(FINAL | opcode);
    if (size < 126) {
      out.writeByte(0x80 | size);
    } else if (size < 1 << 16) {
      out.writeByte(0x80 | 126).writeShort(size);
    } else {
      out.writeByte(0x80 | 127).writeLong(size);
    }
    int mask = ThreadLocalRandom.current().nextInt();
    out.writeInt(mask);
    return mask;
  }

  private static void mask(ByteBuf out, int start, int mask) {
    int end = out.writerIndex();
    int at = start;
    for (; at + 4 <= end; at += 4) {
      out.setInt(at, out.getInt(at) ^ mask);
    }
    for (int shift = 24; at < end; at++, shift -= 8) {
      out.setByte(at, out.getByte(at) ^ (mask >>> shift));
    }
  }

  private void write(ByteBuf out) {
    ChannelFuture _ = reading ? channel.write(out) : channel.writeAndFlush(out);
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ReferenceCounted;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A frame on its way to any number of sockets, encoded at most once per subprotocol.
///
/// Server frames are unmasked, so the bytes with their WebSocket header are the same for all. Any
/// thread may use it. Its creator holds it; whoever passes it on to another thread retains it
/// first. The bytes are freed when the last holder has released it and the last socket has sent it.
public final class OutgoingFrame extends AbstractReferenceCounted {
  private final Function<Subprotocol, ByteBuf> encoder;
  private volatile @Nullable ByteBuf proto; // null: nobody asked for it yet
  private volatile @Nullable ByteBuf json; // likewise

  /// Takes what gives the frame's encoding; it is asked at most once per subprotocol, and what it
  /// returns is released here.
  public OutgoingFrame(Function<Subprotocol, ByteBuf> encoder) {
    this.encoder = encoder;
  }

  /// Returns the complete WebSocket message; the caller writes or releases it.
  public ByteBuf framed(Subprotocol subprotocol) {
    ByteBuf bytes = encoded(subprotocol);
    return (bytes != null ? bytes : encodeOnce(subprotocol)).retainedDuplicate();
  }

  private @Nullable ByteBuf encoded(Subprotocol subprotocol) {
    return switch (subprotocol) {
      case PROTO -> proto;
      case JSON -> json;
    };
  }

  private synchronized ByteBuf encodeOnce(Subprotocol subprotocol) {
    ByteBuf bytes = encoded(subprotocol);
    if (bytes != null) {
      return bytes;
    }
    if (refCnt() == 0) {
      throw new IllegalReferenceCountException(0);
    }
    ByteBuf payload = encoder.apply(subprotocol);
    try {
      bytes = WebSocketFraming.frame(subprotocol.opcode(), payload);
    } finally {
      payload.release();
    }
    switch (subprotocol) {
      case PROTO -> proto = bytes;
      case JSON -> json = bytes;
    }
    return bytes;
  }

  @Override
  protected synchronized void deallocate() {
    ReferenceCountUtil.release(proto);
    ReferenceCountUtil.release(json);
  }

  @Override
  public ReferenceCounted touch(Object hint) {
    return this;
  }
}

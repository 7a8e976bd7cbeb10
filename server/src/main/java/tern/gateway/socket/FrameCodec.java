// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import com.google.protobuf.util.JsonFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import tern.session.Subprotocol;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.ServerFrame;

/// Payloads of WebSocket messages to frames and back, in both subprotocols. Holds no state.
public final class FrameCodec {
  /// What a payload holds.
  sealed interface Decoded {
    /// A frame of a kind that this server knows.
    record Known(ClientFrame frame) implements Decoded {}

    /// A frame of a later protocol: its kind is unknown here, its id is not.
    record Unknown(int id) implements Decoded {}

    /// No frame at all.
    record Undecodable() implements Decoded {}
  }

  private static final Decoded UNDECODABLE = new Decoded.Undecodable();
  private static final Parser<ClientFrame> BINARY =
      DiscardUnknownFieldsParser.wrap(ClientFrame.parser());
  private static final JsonFormat.Parser STRICT_JSON = JsonFormat.parser();
  private static final JsonFormat.Parser JSON = STRICT_JSON.ignoringUnknownFields();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

  // & ' < = >
  private static final Set<String> HTML_ESCAPES = Set.of("26", "27", "3c", "3d", "3e");

  private FrameCodec() {}

  static Decoded decode(Subprotocol subprotocol, ByteBuf payload) {
    try {
      return switch (subprotocol) {
        case PROTO -> decodeBinary(ByteBufUtil.getBytes(payload));
        case JSON -> decodeJson(textOf(payload));
      };
    } catch (IOException _) {
      return UNDECODABLE;
    }
  }

  /// Returns the encoded frame; the caller releases it.
  public static ByteBuf encode(Subprotocol subprotocol, ServerFrame frame) {
    return switch (subprotocol) {
      case PROTO -> Unpooled.wrappedBuffer(frame.toByteArray());
      case JSON -> Unpooled.wrappedBuffer(json(frame).getBytes(StandardCharsets.UTF_8));
    };
  }

  private static Decoded decodeBinary(byte[] bytes) throws IOException {
    ClientFrame frame = BINARY.parseFrom(bytes);
    if (frame.getFrameCase() != FrameCase.FRAME_NOT_SET) {
      return new Decoded.Known(frame);
    }
    return holdsMoreThanAnId(bytes) ? new Decoded.Unknown(frame.getId()) : UNDECODABLE;
  }

  private static boolean holdsMoreThanAnId(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) != ClientFrame.ID_FIELD_NUMBER) {
        return true;
      }
      in.skipField(tag);
    }
    return false;
  }

  private static Decoded decodeJson(String text) throws IOException {
    ClientFrame.Builder frame = ClientFrame.newBuilder();
    JSON.merge(text, frame);
    if (frame.getFrameCase() != FrameCase.FRAME_NOT_SET) {
      return new Decoded.Known(frame.build());
    }
    try {
      STRICT_JSON.merge(text, ClientFrame.newBuilder());
      return UNDECODABLE;
    } catch (InvalidProtocolBufferException _) {
      // It was read when unknown names were ignored: so there is one.
      return new Decoded.Unknown(frame.getId());
    }
  }

  private static String textOf(ByteBuf payload) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(payload.nioBuffer()).toString();
  }

  /// Returns the JSON form of what clients are told; its fields are the same whatever way it goes.
  public static String json(MessageOrBuilder told) {
    try {
      return withoutHtmlEscapes(PRINTER.print(told));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("what clients are told always has a JSON form", e);
    }
  }

  // The printer escapes what would be unsafe inside HTML, six bytes for one: a page of such text
  // would be several times as large as its bound.
  private static String withoutHtmlEscapes(String json) {
    int at = json.indexOf('\\');
    if (at < 0) {
      return json;
    }
    StringBuilder plain = new StringBuilder(json.length());
    int copied = 0;
    while (at >= 0) {
      int end = at + 2;
      if (json.startsWith("\\u00", at) && HTML_ESCAPES.contains(json.substring(at + 4, at + 6))) {
        end = at + 6;
        plain.append(json, copied, at);
        plain.append((char) Integer.parseInt(json, at + 4, end, 16));
        copied = end;
      }
      at = json.indexOf('\\', end);
    }
    return plain.append(json, copied, json.length()).toString();
  }
}

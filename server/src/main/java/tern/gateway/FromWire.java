// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tern.conversation.HistoryVisibility;
import tern.id.ClientMessageId;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.Draft;
import tern.message.history.History.Where;
import tern.message.history.Position;
import tern.v1.CatchUp;
import tern.v1.Content;
import tern.v1.ErrorCode;
import tern.v1.Message;
import tern.v1.ReadHistory;
import tern.v1.SendMessage;

/// Makes records of the domain of what clients sent, or refuses it with a sentence that says what
/// was expected.
final class FromWire {
  private static final int MAX_MENTIONS = 50;
  private static final int MAX_METADATA = 16;
  private static final int MAX_KEY_BYTES = 128;

  private FromWire() {}

  static ConversationId conversation(String text) {
    return checked(ConversationId::parse, text);
  }

  static UserId user(String text) {
    return checked(UserId::new, text);
  }

  static List<UserId> users(List<String> texts, int least, int most) {
    if (texts.size() < least || texts.size() > most) {
      throw RequestRefused.invalid(
          "user_ids: " + texts.size() + " (expected: " + least + " to " + most + ")");
    }
    return texts.stream().map(FromWire::user).toList();
  }

  static String bounded(String what, String text, int least, int most) {
    int length = text.codePointCount(0, text.length());
    if (length < least || length > most) {
      throw RequestRefused.invalid(
          what + ": " + length + " characters (expected: " + least + " to " + most + ")");
    }
    if (text.indexOf('\0') >= 0) {
      throw RequestRefused.invalid(what + ": holds U+0000 (expected: none)");
    }
    return text;
  }

  static String key(String text) {
    long bytes = utf8Bytes(text);
    if (bytes > MAX_KEY_BYTES) {
      throw RequestRefused.invalid(
          "key: " + bytes + " bytes (expected: 1 to " + MAX_KEY_BYTES + ", or none)");
    }
    return bounded("key", text, 0, MAX_KEY_BYTES);
  }

  static int limit(int asked, int whenZero) {
    if (Integer.compareUnsigned(asked, 100) > 0) {
      throw RequestRefused.invalid(
          "limit: "
              + Integer.toUnsignedString(asked)
              + " (expected: 1 to 100, or 0 for "
              + whenZero
              + ")");
    }
    return asked == 0 ? whenZero : asked;
  }

  static long sequence(String what, long value) {
    if (value < 0) {
      throw RequestRefused.invalid(what + ": beyond 2^63 (expected: a sequence)");
    }
    return value;
  }

  static HistoryVisibility visibility(tern.v1.HistoryVisibility visibility) {
    return switch (visibility) {
      case HISTORY_VISIBILITY_START -> HistoryVisibility.START;
      case HISTORY_VISIBILITY_JOINED, HISTORY_VISIBILITY_UNSPECIFIED, UNRECOGNIZED ->
          HistoryVisibility.JOINED;
    };
  }

  static Where where(ReadHistory request) {
    return switch (request.getWhereCase()) {
      case BEFORE -> {
        long before = sequence("before", request.getBefore());
        yield new Where.Before(before == 0 ? Long.MAX_VALUE : before);
      }
      case AFTER -> new Where.After(sequence("after", request.getAfter()));
      case AROUND -> new Where.Around(sequence("around", request.getAround()));
      case WHERE_NOT_SET ->
          throw RequestRefused.invalid("where: missing (expected: before, after or around)");
    };
  }

  static Optional<Position> position(CatchUp request) {
    if (!request.hasPosition()) {
      return Optional.empty();
    }
    tern.v1.Position position = request.getPosition();
    return Optional.of(
        new Position(
            position.getEpoch(),
            sequence("position.revision", position.getRevision()),
            sequence("position.sequence", position.getSequence())));
  }

  static Draft draft(SendMessage send, UserId sender, LimitsConfig limits) {
    if (!send.hasContent()) {
      throw RequestRefused.invalid("content: missing (expected: what to send)");
    }
    check(send.getContent());
    checkHeaders(send);
    boolean countable = !send.hasCountable() || send.getCountable();
    byte[] body = encoded(body(send, countable));
    boolean fits =
        send.getContent().getSerializedSize() <= limits.contentBytes()
            && metadataBytes(send) <= limits.metadataBytes();
    return new Draft(
        conversation(send.getConversationId()),
        sender,
        checked(ClientMessageId::parse, send.getClientMessageId()),
        hash(body),
        countable,
        fits,
        UnsafeByteOperations.unsafeWrap(body));
  }

  private static void check(Content content) {
    switch (content.getContentCase()) {
      case TEXT -> {
        String text = content.getText().getText();
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
          throw RequestRefused.invalid(
              "content.text: empty, or holds U+0000 (expected: at least 1 byte, no U+0000)");
        }
      }
      case CONTENT_NOT_SET, CARD, ATTACHMENTS, CUSTOM, ENCRYPTED ->
          throw RequestRefused.of(
              ErrorCode.ERROR_CODE_UNSUPPORTED,
              "content: a kind that this server does not know (expected: text)");
      case SYSTEM ->
          throw RequestRefused.invalid("content.system: the server's own (expected: text)");
    }
  }

  private static void checkHeaders(SendMessage send) {
    if (send.getMentions().getUserIdsCount() > 0) {
      var _ = users(send.getMentions().getUserIdsList(), 1, MAX_MENTIONS);
    }
    if (send.getMetadataCount() > MAX_METADATA) {
      throw RequestRefused.invalid(
          "metadata: "
              + send.getMetadataCount()
              + " entries (expected: at most "
              + MAX_METADATA
              + ")");
    }
    sequence("reply_to", send.getReplyTo());
  }

  // The message as it will be read, without what the intake adds.
  private static Message body(SendMessage send, boolean countable) {
    Message.Builder body =
        Message.newBuilder()
            .setContent(send.getContent())
            .setCountable(countable)
            .setSilent(send.getSilent())
            .setUrgent(send.getUrgent())
            .setReplyTo(send.getReplyTo())
            .putAllMetadata(send.getMetadataMap());
    if (send.hasMentions()) {
      body.setMentions(send.getMentions());
    }
    return body.build();
  }

  // A repeat must give the same bytes, whatever the order of its metadata.
  private static byte[] encoded(Message body) {
    byte[] bytes = new byte[body.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      body.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  private static long hash(byte[] body) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(body)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long metadataBytes(SendMessage send) {
    return send.getMetadataMap().entrySet().stream()
        .mapToLong(it -> utf8Bytes(it.getKey()) + utf8Bytes(it.getValue()))
        .sum();
  }

  private static long utf8Bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static <T> T checked(Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid(String.valueOf(e.getMessage()));
    }
  }
}

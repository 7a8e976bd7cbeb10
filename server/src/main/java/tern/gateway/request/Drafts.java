// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tern.id.ClientMessageId;
import tern.id.UserId;
import tern.message.Draft;
import tern.message.MessageChange;
import tern.message.StoredMessage;
import tern.v1.Content;
import tern.v1.EditMessage;
import tern.v1.ForwardMessage;
import tern.v1.ForwardTarget;
import tern.v1.Mentions;
import tern.v1.Message;
import tern.v1.SendMessage;

/// Makes drafts of what clients send: looks at the declared parts of the content, and encodes what
/// is kept.
public final class Drafts {
  private static final int MAX_MENTIONS = 50;
  private static final int MAX_METADATA = 16;
  private static final long BEYOND_COUNTERS = 1L << 53;

  private Drafts() {}

  /// The draft that the user asks to send; beyond the limits it is made all the same, and says so.
  ///
  /// Throws [RequestRefused] for what can't be a message.
  public static Draft of(SendMessage send, UserId sender, LimitsConfig limits) {
    if (!send.hasContent()) {
      throw RequestRefused.invalid("content: missing (expected: what to send)");
    }
    Contents.check(send.getContent());
    checkHeaders(send.getMentions(), send.getMetadataMap());
    checkAnswered(send.getReplyTo());
    boolean countable = !send.hasCountable() || send.getCountable();
    byte[] body = encoded(body(send, countable));
    boolean fits = fits(send.getContent(), send.getMetadataMap(), limits);
    return new Draft(
        FromWire.conversation(send.getConversationId()),
        sender,
        FromWire.checked(ClientMessageId::parse, send.getClientMessageId()),
        hash(body),
        countable,
        fits,
        UnsafeByteOperations.unsafeWrap(body));
  }

  // It is kept, and shown as a number that every client can hold.
  private static void checkAnswered(long sequence) {
    if (sequence < 0 || sequence >= BEYOND_COUNTERS) {
      throw RequestRefused.invalid("reply_to: beyond 2^53 (expected: a message's sequence)");
    }
  }

  /// The edit that the user asks for; beyond the limits it is made all the same, and says so.
  ///
  /// Throws [RequestRefused] for what can't be a message.
  ///
  /// @param original as it stands, for the headers that an edit leaves alone
  static MessageChange.Edit edit(
      EditMessage edit, MessageChange.Target target, StoredMessage original, LimitsConfig limits) {
    if (!edit.hasContent()) {
      throw RequestRefused.invalid("content: missing (expected: what to put in)");
    }
    Contents.check(edit.getContent());
    checkHeaders(edit.getMentions(), edit.getMetadataMap());
    Message.Builder replaced =
        Message.newBuilder().setContent(edit.getContent()).putAllMetadata(edit.getMetadataMap());
    if (edit.hasMentions()) {
      replaced.setMentions(edit.getMentions());
    }
    Message.Builder body =
        ToWire.body(original).clearContent().clearMentions().clearMetadata().clearForwarded();
    return new MessageChange.Edit(
        target,
        FromWire.uuid("edit_id", edit.getEditId()),
        hash(encoded(replaced.build())),
        fits(edit.getContent(), edit.getMetadataMap(), limits),
        UnsafeByteOperations.unsafeWrap(encoded(body.mergeFrom(replaced.build()).build())));
  }

  /// The draft of a forwarded message. A repeat is told by what was asked for, and not by the copy,
  /// for the original may have changed since.
  ///
  /// @param copy what is sent; empty when it can't be had any more, and only a repeat is accepted
  public static Draft forward(
      ForwardMessage forward,
      ForwardTarget target,
      UserId sender,
      Optional<Message> copy,
      LimitsConfig limits) {
    return new Draft(
        FromWire.conversation(target.getConversationId()),
        sender,
        FromWire.checked(ClientMessageId::parse, target.getClientMessageId()),
        hash(encoded(forward.toBuilder().clearTargets().build())),
        true,
        copy.map(it -> fits(it.getContent(), Map.of(), limits)).orElse(false),
        UnsafeByteOperations.unsafeWrap(copy.map(Drafts::encoded).orElse(new byte[0])));
  }

  /// The draft as one that is accepted only if it is a repeat.
  public static Draft asRepeat(Draft it) {
    return new Draft(
        it.conversation(),
        it.sender(),
        it.clientMessageId(),
        it.contentHash(),
        it.countable(),
        false,
        it.body(),
        it.grants());
  }

  /// The edit as one that is accepted only if it is a repeat.
  public static MessageChange.Edit asRepeat(MessageChange.Edit it) {
    return new MessageChange.Edit(it.target(), it.editId(), it.contentHash(), false, it.body());
  }

  /// The draft with another message's content and metadata; what tells a repeat stays.
  public static Draft with(Draft draft, Message other) {
    return draft.withBody(with(draft.body(), other));
  }

  /// The edit with another message's content and metadata; what tells a repeat stays.
  public static MessageChange.Edit with(MessageChange.Edit edit, Message other) {
    return new MessageChange.Edit(
        edit.target(), edit.editId(), edit.contentHash(), edit.fits(), with(edit.body(), other));
  }

  /// The draft as an answer to the message with this sequence; what tells a repeat stays.
  static Draft answering(Draft draft, long sequence) {
    return draft.withBody(changed(draft.body(), body -> body.setReplyTo(sequence)));
  }

  private static ByteString with(ByteString body, Message other) {
    return changed(
        body,
        message ->
            message
                .setContent(other.getContent())
                .clearMetadata()
                .putAllMetadata(other.getMetadataMap()));
  }

  private static ByteString changed(ByteString body, UnaryOperator<Message.Builder> change) {
    try {
      Message message = change.apply(Message.parseFrom(body).toBuilder()).build();
      return UnsafeByteOperations.unsafeWrap(encoded(message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a body of our own does not decode", e);
    }
  }

  /// Whether a message may hold this.
  public static boolean isGood(Content content, LimitsConfig limits) {
    try {
      Contents.check(content);
      return content.getSerializedSize() <= limits.contentBytes();
    } catch (RequestRefused _) {
      return false;
    }
  }

  private static void checkHeaders(Mentions mentions, Map<String, String> metadata) {
    if (mentions.getUserIdsCount() > 0) {
      var _ = FromWire.users(mentions.getUserIdsList(), 1, MAX_MENTIONS);
    }
    checkEntries(metadata);
  }

  private static void checkEntries(Map<String, String> metadata) {
    if (metadata.size() > MAX_METADATA) {
      throw RequestRefused.invalid(
          "metadata: " + metadata.size() + " entries (expected: at most " + MAX_METADATA + ")");
    }
  }

  /// Metadata of something that is no message. Throws [RequestRefused] where it exceeds its limits,
  /// or holds U+0000, which the store can't keep.
  public static Map<String, String> metadata(Map<String, String> metadata, LimitsConfig limits) {
    checkEntries(metadata);
    if (!fits(Content.getDefaultInstance(), metadata, limits)) {
      throw RequestRefused.tooLarge(limits);
    }
    metadata.forEach(
        (key, value) -> {
          FromWire.bounded("metadata", key, 0, Integer.MAX_VALUE);
          FromWire.bounded("metadata", value, 0, Integer.MAX_VALUE);
        });
    return metadata;
  }

  /// Whether content and metadata keep the limits.
  public static boolean fits(Content content, Map<String, String> metadata, LimitsConfig limits) {
    long bytes = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      bytes += FromWire.utf8Bytes(entry.getKey()) + FromWire.utf8Bytes(entry.getValue());
    }
    return content.getSerializedSize() <= limits.contentBytes() && bytes <= limits.metadataBytes();
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
  private static byte[] encoded(MessageLite body) {
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
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.quote;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.List;
import tern.v1.Card;
import tern.v1.Content;
import tern.v1.Message;

/// Makes what crosses the wire of quotes: of each message only how it begins.
public final class WireQuotes {
  private static final int REPLY_TO =
      (Message.REPLY_TO_FIELD_NUMBER << 3) | WireFormat.WIRETYPE_VARINT;

  private WireQuotes() {}

  /// The sequence that a message with this body answers; 0 for none. Passes over all else in it.
  public static long repliedTo(ByteString body) {
    try {
      CodedInputStream fields = body.newCodedInput();
      for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
        if (tag == REPLY_TO) {
          return fields.readUInt64();
        }
        fields.skipField(tag);
      }
      return 0;
    } catch (IOException e) {
      throw new IllegalStateException("a stored body does not decode", e);
    }
  }

  /// The quotes of a page, as clients see them.
  public static List<tern.v1.Quote> of(List<tern.message.quote.Quote> quotes) {
    return quotes.stream().map(WireQuotes::of).toList();
  }

  private static tern.v1.Quote of(tern.message.quote.Quote quote) {
    return switch (quote) {
      case tern.message.quote.Quote.Unavailable(long sequence) ->
          tern.v1.Quote.newBuilder().setSequence(sequence).setUnavailable(true).build();
      case tern.message.quote.Quote.Shown shown -> of(shown);
    };
  }

  private static tern.v1.Quote of(tern.message.quote.Quote.Shown shown) {
    tern.v1.Quote.Builder wire =
        tern.v1.Quote.newBuilder()
            .setSequence(shown.sequence())
            .setRevision(shown.revision())
            .setSenderId(shown.sender().value());
    shown.state().editedAt().ifPresent(at -> wire.setEditedAtMs(at.toEpochMilli()));
    shown
        .state()
        .deletion()
        .ifPresent(
            it -> wire.setDeletedAtMs(it.at().toEpochMilli()).setDeletedById(it.by().value()));
    begin(wire, content(shown));
    return wire.build();
  }

  private static Content content(tern.message.quote.Quote.Shown shown) {
    try {
      return Message.parseFrom(shown.body()).getContent();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "a stored body does not decode at sequence " + shown.sequence(), e);
    }
  }

  private static void begin(tern.v1.Quote.Builder wire, Content content) {
    switch (content.getContentCase()) {
      case TEXT -> begin(wire, tern.v1.Quote.Kind.KIND_TEXT, content.getText().getText());
      case CARD -> begin(wire, tern.v1.Quote.Kind.KIND_CARD, words(content.getCard()));
      case ATTACHMENTS ->
          begin(wire, tern.v1.Quote.Kind.KIND_ATTACHMENTS, content.getAttachments().getCaption());
      case CUSTOM ->
          wire.setKind(tern.v1.Quote.Kind.KIND_CUSTOM).setCustomType(content.getCustom().getType());
      case ENCRYPTED -> wire.setKind(tern.v1.Quote.Kind.KIND_ENCRYPTED);
      case SYSTEM -> wire.setKind(tern.v1.Quote.Kind.KIND_SYSTEM);
      case CONTENT_NOT_SET -> wire.setKind(tern.v1.Quote.Kind.KIND_UNSPECIFIED);
    }
  }

  private static String words(Card card) {
    return card.getTitle().isEmpty() ? card.getText() : card.getTitle();
  }

  private static void begin(tern.v1.Quote.Builder wire, tern.v1.Quote.Kind kind, String text) {
    String beginning = Beginning.of(text);
    wire.setKind(kind).setText(beginning).setCut(beginning.length() < text.length());
  }
}

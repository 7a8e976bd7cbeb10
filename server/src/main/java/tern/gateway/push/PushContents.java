// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.push;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.Set;
import tern.id.UserId;
import tern.push.PushContent;
import tern.v1.Content;
import tern.v1.Message;

/// Reads from messages' bodies what pushes want to know. Holds no state.
public final class PushContents {
  private PushContents() {}

  /// What is in an encoded body.
  public static PushContent of(ByteString body) {
    try {
      return of(Message.parseFrom(body));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored body does not decode", e);
    }
  }

  private static PushContent of(Message message) {
    Set<UserId> mentioned = new HashSet<>();
    message.getMentions().getUserIdsList().forEach(id -> mentioned.add(new UserId(id)));
    return new PushContent(
        message.getSilent(),
        message.getUrgent(),
        mentioned,
        message.getMentions().getEveryone(),
        text(message.getContent()),
        message.getContent().hasEncrypted());
  }

  private static String text(Content content) {
    return switch (content.getContentCase()) {
      case TEXT -> content.getText().getText();
      case CARD ->
          content.getCard().getTitle().isEmpty()
              ? content.getCard().getText()
              : content.getCard().getTitle();
      case ATTACHMENTS -> content.getAttachments().getCaption();
      case CUSTOM, ENCRYPTED, SYSTEM, CONTENT_NOT_SET -> "";
    };
  }
}

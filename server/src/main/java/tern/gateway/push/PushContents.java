// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.push;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tern.id.UserId;
import tern.push.PushContent;
import tern.push.text.Gist;
import tern.v1.Attachments;
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
        gist(message.getContent()),
        message.getContent().hasCard() && !message.getContent().getCard().getImageUrl().isEmpty()
            ? Optional.of(message.getContent().getCard().getImageUrl())
            : Optional.empty());
  }

  private static Gist gist(Content content) {
    return switch (content.getContentCase()) {
      case TEXT -> new Gist.Words(content.getText().getText());
      case CARD ->
          new Gist.Words(
              content.getCard().getTitle().isEmpty()
                  ? content.getCard().getText()
                  : content.getCard().getTitle());
      case ATTACHMENTS -> files(content.getAttachments());
      case ENCRYPTED -> new Gist.Sealed();
      case CUSTOM, SYSTEM, CONTENT_NOT_SET -> new Gist.Unspoken();
    };
  }

  private static Gist files(Attachments attachments) {
    int photos = count(attachments, "image/");
    int videos = count(attachments, "video/");
    int audios = count(attachments, "audio/");
    int others = attachments.getAttachmentsCount() - photos - videos - audios;
    return new Gist.Files(photos, videos, audios, others, attachments.getCaption());
  }

  private static int count(Attachments attachments, String mediaType) {
    return (int)
        attachments.getAttachmentsList().stream()
            .filter(it -> it.getMediaType().startsWith(mediaType))
            .count();
  }
}

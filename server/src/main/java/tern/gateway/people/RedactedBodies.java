// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.people;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ProtocolStringList;
import java.util.List;
import tern.id.UserId;
import tern.v1.Message;

/// Takes a user's name out of the fields of a message's body that hold users.
public final class RedactedBodies {
  private RedactedBodies() {}

  /// The body with `pseudonym` wherever it names `user`; see [tern.erasure.Redaction].
  public static ByteString without(ByteString body, UserId user, UserId pseudonym) {
    try {
      Message message = Message.parseFrom(body);
      Message.Builder redacted = message.toBuilder();
      if (message.hasMentions()) {
        ProtocolStringList mentioned = message.getMentions().getUserIdsList();
        redacted
            .getMentionsBuilder()
            .clearUserIds()
            .addAllUserIds(without(mentioned, user, pseudonym));
      }
      if (message.getContent().hasSystem()) {
        ProtocolStringList concerned = message.getContent().getSystem().getUserIdsList();
        redacted
            .getContentBuilder()
            .getSystemBuilder()
            .clearUserIds()
            .addAllUserIds(without(concerned, user, pseudonym));
      }
      if (message.getForwarded().getSenderId().equals(user.value())) {
        redacted.getForwardedBuilder().setSenderId(pseudonym.value());
      }
      Message built = redacted.build();
      return built.equals(message) ? body : built.toByteString();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a body of our own does not decode", e);
    }
  }

  private static List<String> without(List<String> users, UserId user, UserId pseudonym) {
    return users.stream().map(it -> it.equals(user.value()) ? pseudonym.value() : it).toList();
  }
}

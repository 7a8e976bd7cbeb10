// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.governance;

import com.google.protobuf.ByteString;
import java.util.List;
import tern.gateway.request.ToWire;
import tern.id.UserId;
import tern.message.system.SystemEvent;
import tern.v1.Content;
import tern.v1.Message;

/// Puts what happened to a conversation into the words of the wire.
public final class SystemContents {
  private SystemContents() {}

  /// The encoded content of a message that tells of it; not countable.
  public static ByteString body(SystemEvent event) {
    return Message.newBuilder()
        .setContent(Content.newBuilder().setSystem(content(event)))
        .build()
        .toByteString();
  }

  private static tern.v1.System content(SystemEvent event) {
    return switch (event) {
      case SystemEvent.MembersAdded(var users) ->
          about(users, tern.v1.System.Kind.KIND_MEMBERS_ADDED).build();
      case SystemEvent.MembersRemoved(var users) ->
          about(users, tern.v1.System.Kind.KIND_MEMBERS_REMOVED).build();
      case SystemEvent.MemberLeft(var user) ->
          about(List.of(user), tern.v1.System.Kind.KIND_MEMBER_LEFT).build();
      case SystemEvent.RoleChanged(var user, var role) ->
          about(List.of(user), tern.v1.System.Kind.KIND_ROLE_CHANGED)
              .setRole(ToWire.role(role))
              .build();
      case SystemEvent.Renamed(var name) ->
          about(List.of(), tern.v1.System.Kind.KIND_RENAMED).setText(name).build();
      case SystemEvent.ImageChanged() ->
          about(List.of(), tern.v1.System.Kind.KIND_IMAGE_CHANGED).build();
    };
  }

  private static tern.v1.System.Builder about(List<UserId> users, tern.v1.System.Kind kind) {
    return tern.v1.System.newBuilder()
        .setKind(kind)
        .addAllUserIds(users.stream().map(UserId::value).toList());
  }
}

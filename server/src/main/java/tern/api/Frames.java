// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import tern.api.schema.Fields;
import tern.gateway.request.RequestRefused;
import tern.gateway.socket.FrameCodec;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.InboxPage;
import tern.v1.ReadHistory.WhereCase;
import tern.v1.ServerFrame;

/// Requests to frames and back: a field means the same in REST and on the socket. Holds no state.
final class Frames {
  private Frames() {}

  /// The frame that asks for the operation: its fields are taken from path and query, else from the
  /// body.
  static ClientFrame of(Call.Checked call) {
    return of(call, call.operation().asks());
  }

  /// Likewise, where the operation is the backend's alone and asks what users may ask, too.
  static ClientFrame of(Call.Checked call, FrameCase asked) {
    FieldDescriptor kind = ClientFrame.getDescriptor().findFieldByNumber(asked.getNumber());
    ClientFrame.Builder frame = ClientFrame.newBuilder();
    Message.Builder request = frame.newBuilderForField(kind);
    Fields.read(call.body(), request);
    set(request, call.parameters());
    frame.setField(kind, request.build());
    if (frame.hasReadHistory()
        && frame.getReadHistory().getWhereCase() == WhereCase.WHERE_NOT_SET) {
      // Without a place it is the newest page, as anybody would expect of a list.
      frame.getReadHistoryBuilder().setBefore(0);
    }
    return frame.build();
  }

  private static void set(Message.Builder asked, Map<String, Object> parameters) {
    for (FieldDescriptor field : asked.getDescriptorForType().getFields()) {
      Object given = parameters.get(field.getJsonName());
      if (given != null && isOneOfThoseGiven(asked, field)) {
        throw RequestRefused.invalid(field.getJsonName() + ": beside another (expected: one)");
      }
      if (given instanceof String texts && field.isRepeated()) {
        List.of(texts.split(",")).forEach(text -> asked.addRepeatedField(field, text));
      } else if (given != null) {
        asked.setField(field, value(field, given));
      }
    }
  }

  // Of which the message holds one.
  private static boolean isOneOfThoseGiven(Message.Builder asked, FieldDescriptor field) {
    OneofDescriptor others = field.getRealContainingOneof();
    return others != null && asked.hasOneof(others);
  }

  private static Object value(FieldDescriptor field, Object given) {
    return switch (field.getJavaType()) {
      case STRING -> given;
      case INT -> ((Long) given).intValue();
      case LONG -> given;
      // One that the OpenAPI file names.
      case ENUM -> field.getEnumType().findValueByName((String) given);
      default -> throw new IllegalStateException(field + " (expected: a text or a number)");
    };
  }

  /// What the caller is told.
  static Answer answer(Operation operation, ServerFrame frame) {
    Message told = told(frame);
    Answer answer = Answer.of(status(frame), FrameCodec.json(told));
    return operation.isRead() ? answer.taggedWith(Tags.of(FrameCodec.json(lasting(told)))) : answer;
  }

  private static Message told(ServerFrame frame) {
    FieldDescriptor kind =
        ServerFrame.getDescriptor().findFieldByNumber(frame.getFrameCase().getNumber());
    return (Message) frame.getField(kind);
  }

  private static int status(ServerFrame frame) {
    boolean isNew =
        switch (frame.getFrameCase()) {
          case CONVERSATION_OPENED -> frame.getConversationOpened().getCreated();
          case ACCEPTED -> !frame.getAccepted().getDuplicate();
          // One that was revoked has no token any more.
          case INVITATION_CHANGED -> !frame.getInvitationChanged().getToken().isEmpty();
          case BUTTON_PRESSED -> !frame.getButtonPressed().getDuplicate();
          default -> false;
        };
    return isNew ? 201 : 200;
  }

  // A list's cursor is a time: with it no two answers would ever be alike. An older one is as good.
  private static Message lasting(Message told) {
    return told instanceof InboxPage page ? page.toBuilder().clearCursor().build() : told;
  }
}

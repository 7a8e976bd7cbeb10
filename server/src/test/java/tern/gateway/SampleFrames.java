// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.util.List;
import tern.v1.Acknowledge;
import tern.v1.AddMembers;
import tern.v1.AppState;
import tern.v1.CatchUp;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.CreateGroup;
import tern.v1.LeaveConversation;
import tern.v1.ListInbox;
import tern.v1.MarkRead;
import tern.v1.Mentions;
import tern.v1.OpenDirect;
import tern.v1.Position;
import tern.v1.ReadConversation;
import tern.v1.ReadHistory;
import tern.v1.RefreshToken;
import tern.v1.RemoveMembers;
import tern.v1.SendMessage;
import tern.v1.SetAppState;
import tern.v1.SetTyping;
import tern.v1.Text;

/// One good frame of each kind that may follow a `Hello`.
final class SampleFrames {
  private static final String ROOM = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

  private SampleFrames() {}

  static List<ClientFrame> all() {
    return List.of(
        frame().setSendMessage(message()).build(),
        frame()
            .setAcknowledge(
                Acknowledge.newBuilder().setConversationId(ROOM).setRevision(9).setSequence(7))
            .build(),
        frame().setMarkRead(MarkRead.newBuilder().setConversationId(ROOM).setSequence(7)).build(),
        frame()
            .setSetTyping(SetTyping.newBuilder().setConversationId(ROOM).setTyping(true))
            .build(),
        frame().setCatchUp(catchUp()).build(),
        frame()
            .setReadHistory(ReadHistory.newBuilder().setConversationId(ROOM).setAround(5))
            .build(),
        RawSocket.ping(17),
        frame().setListInbox(ListInbox.newBuilder().setSince("1792").setLimit(50)).build(),
        frame()
            .setSetAppState(SetAppState.newBuilder().setAppState(AppState.APP_STATE_BACKGROUND))
            .build(),
        frame().setRefreshToken(RefreshToken.newBuilder().setAccessToken("a.b.c")).build(),
        frame().setOpenDirect(OpenDirect.newBuilder().setUserId("bob")).build(),
        frame()
            .setCreateGroup(
                CreateGroup.newBuilder().setName("all").addUserIds("bob").addUserIds("eve"))
            .build(),
        frame()
            .setAddMembers(AddMembers.newBuilder().setConversationId(ROOM).addUserIds("bob"))
            .build(),
        frame()
            .setRemoveMembers(RemoveMembers.newBuilder().setConversationId(ROOM).addUserIds("bob"))
            .build(),
        frame()
            .setLeaveConversation(LeaveConversation.newBuilder().setConversationId(ROOM))
            .build(),
        frame().setReadConversation(ReadConversation.newBuilder().setConversationId(ROOM)).build());
  }

  private static ClientFrame.Builder frame() {
    return ClientFrame.newBuilder().setId(300);
  }

  private static SendMessage message() {
    return SendMessage.newBuilder()
        .setConversationId(ROOM)
        .setClientMessageId("7f9c24e8-3b12-4c6d-9a01-0123456789ab")
        .setContent(
            Content.newBuilder().setText(Text.newBuilder().setText("hi \u4F60\u597D \u0645")))
        .setMentions(Mentions.newBuilder().addUserIds("bob"))
        .setCountable(false)
        .setReplyTo(4)
        .putMetadata("order", "1234")
        .build();
  }

  private static CatchUp catchUp() {
    return CatchUp.newBuilder()
        .setConversationId(ROOM)
        .setPosition(Position.newBuilder().setEpoch("e1").setRevision(12).setSequence(10))
        .build();
  }
}

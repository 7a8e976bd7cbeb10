// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import tern.v1.ArchiveConversation;
import tern.v1.ClientFrame;
import tern.v1.HideConversation;
import tern.v1.InboxList;
import tern.v1.ListInbox;
import tern.v1.MarkUnread;
import tern.v1.MuteConversation;
import tern.v1.PinConversation;
import tern.v1.SaveDraft;

/// The requests that arrange a user's own list, each without an id.
public final class ShelfFrames {
  private ShelfFrames() {}

  /// Into the archive, for good or until somebody writes; or back.
  public static ClientFrame archive(String conversation, boolean archived, boolean untilMessage) {
    return ClientFrame.newBuilder()
        .setArchiveConversation(
            ArchiveConversation.newBuilder()
                .setConversationId(conversation)
                .setArchived(archived)
                .setUntilMessage(untilMessage))
        .build();
  }

  /// Out of all lists until somebody writes, and with `clear` out of sight what was said.
  public static ClientFrame hide(String conversation, boolean clear) {
    return ClientFrame.newBuilder()
        .setHideConversation(
            HideConversation.newBuilder().setConversationId(conversation).setClearHistory(clear))
        .build();
  }

  /// To the top of the main list, or down.
  public static ClientFrame top(String conversation, boolean pinned) {
    return ClientFrame.newBuilder()
        .setPinConversation(
            PinConversation.newBuilder().setConversationId(conversation).setPinned(pinned))
        .build();
  }

  /// What was begun to write; empty for nothing.
  public static ClientFrame draft(String conversation, String text) {
    return ClientFrame.newBuilder()
        .setSaveDraft(SaveDraft.newBuilder().setConversationId(conversation).setText(text))
        .build();
  }

  /// Unread from a message on.
  public static ClientFrame unread(String conversation, long sequence) {
    return ClientFrame.newBuilder()
        .setMarkUnread(
            MarkUnread.newBuilder().setConversationId(conversation).setSequence(sequence))
        .build();
  }

  /// No push until a time in milliseconds since 1970; 0 takes that back.
  public static ClientFrame quiet(String conversation, long untilMs) {
    return ClientFrame.newBuilder()
        .setMuteConversation(
            MuteConversation.newBuilder().setConversationId(conversation).setMutedUntilMs(untilMs))
        .build();
  }

  /// A page of the main list, or of the archive.
  public static ClientFrame list(InboxList list, int limit) {
    return ClientFrame.newBuilder()
        .setListInbox(ListInbox.newBuilder().setList(list).setLimit(limit))
        .build();
  }
}

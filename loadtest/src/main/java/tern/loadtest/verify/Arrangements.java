// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.Optional;
import tern.loadtest.history.Arrangement;
import tern.loadtest.history.Shelf;
import tern.v1.ArchiveConversation;
import tern.v1.ClientFrame;
import tern.v1.HideConversation;
import tern.v1.InboxEntry;
import tern.v1.MarkUnread;
import tern.v1.MuteConversation;
import tern.v1.PinConversation;
import tern.v1.SaveDraft;

/// What the protocol says of a user's own list, as the history's records.
final class Arrangements {
  private Arrangements() {}

  static Shelf shelf(InboxEntry entry) {
    return new Shelf(
        entry.getPlace().getNumber(),
        entry.getPinnedAtMs(),
        entry.getDraft().getText(),
        entry.getVisibleFrom(),
        entry.getMutedUntilMs(),
        entry.getPeerBlocked());
  }

  /// What a frame wants to arrange, if anything.
  static Optional<Arrangement> of(ClientFrame frame) {
    return switch (frame.getFrameCase()) {
      case ARCHIVE_CONVERSATION -> {
        ArchiveConversation archive = frame.getArchiveConversation();
        Arrangement.Kind kind =
            archive.getArchived() && archive.getUntilMessage()
                ? Arrangement.Kind.ARCHIVE_UNTIL_MESSAGE
                : Arrangement.Kind.ARCHIVE;
        yield arrange(kind, archive.getConversationId(), archive.getArchived(), "", 0);
      }
      case HIDE_CONVERSATION -> {
        HideConversation hide = frame.getHideConversation();
        yield arrange(
            Arrangement.Kind.HIDE, hide.getConversationId(), hide.getClearHistory(), "", 0);
      }
      case PIN_CONVERSATION -> {
        PinConversation pin = frame.getPinConversation();
        yield arrange(Arrangement.Kind.TOP, pin.getConversationId(), pin.getPinned(), "", 0);
      }
      case SAVE_DRAFT -> {
        SaveDraft save = frame.getSaveDraft();
        yield arrange(Arrangement.Kind.DRAFT, save.getConversationId(), true, save.getText(), 0);
      }
      case MARK_UNREAD -> {
        MarkUnread mark = frame.getMarkUnread();
        yield arrange(
            Arrangement.Kind.UNREAD, mark.getConversationId(), true, "", mark.getSequence());
      }
      case MUTE_CONVERSATION -> {
        MuteConversation mute = frame.getMuteConversation();
        yield arrange(
            Arrangement.Kind.QUIET,
            mute.getConversationId(),
            mute.getMutedUntilMs() != 0,
            "",
            mute.getMutedUntilMs());
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Arrangement> arrange(
      Arrangement.Kind kind, String conversation, boolean on, String text, long number) {
    return Optional.of(new Arrangement(kind, conversation, on, text, number));
  }
}

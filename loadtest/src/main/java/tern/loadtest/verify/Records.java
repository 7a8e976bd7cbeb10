// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.Fate;
import tern.loadtest.history.Headers;
import tern.loadtest.history.InboxLine;
import tern.loadtest.history.Item;
import tern.loadtest.history.MarkerSeen;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.ReactionStep;
import tern.loadtest.history.Step;
import tern.loadtest.history.Wish;
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.DeleteMessage;
import tern.v1.EditMessage;
import tern.v1.InboxEntry;
import tern.v1.Marker;
import tern.v1.Member;
import tern.v1.Message;
import tern.v1.PinMessage;
import tern.v1.Reaction;
import tern.v1.ReactionChange;
import tern.v1.SendMessage;
import tern.v1.SetReaction;

/// The protocol's messages as the history's records.
final class Records {
  private Records() {}

  static Item item(Message message) {
    return new Item(
        message.getSequence(),
        message.getRevision(),
        message.getSenderId(),
        message.getClientMessageId(),
        text(message),
        message.getCountable(),
        headers(message),
        fate(message));
  }

  /// What a message says beside its content.
  static Headers headers(Message message) {
    return new Headers(
        List.copyOf(message.getMentions().getUserIdsList()),
        message.getMentions().getEveryone(),
        message.getSilent(),
        message.getUrgent(),
        message.getReplyTo(),
        Map.copyOf(message.getMetadataMap()));
  }

  /// Likewise of a message that leaves.
  static Headers headers(SendMessage message) {
    return new Headers(
        List.copyOf(message.getMentions().getUserIdsList()),
        message.getMentions().getEveryone(),
        message.getSilent(),
        message.getUrgent(),
        message.getReplyTo(),
        Map.copyOf(message.getMetadataMap()));
  }

  private static Fate fate(Message message) {
    return new Fate(
        message.getEditedAtMs(),
        message.getDeletedAtMs(),
        message.getDeletedById(),
        message.getPinnedAtMs(),
        message.getReactionsList().stream().map(Records::reactors).toList(),
        List.copyOf(message.getOwnReactionsList()));
  }

  private static Fate.Reactors reactors(Reaction reaction) {
    return new Fate.Reactors(
        reaction.getReaction(), reaction.getCount(), List.copyOf(reaction.getUserIdsList()));
  }

  private static ReactionStep reaction(ReactionChange change) {
    return new ReactionStep(
        change.getSequence(),
        change.getUserId(),
        change.getReaction(),
        change.getOn(),
        change.getCount());
  }

  /// The change that a frame asks for, if it asks for one.
  static Optional<Wish> wish(ClientFrame frame) {
    return switch (frame.getFrameCase()) {
      case EDIT_MESSAGE -> {
        EditMessage edit = frame.getEditMessage();
        yield wish(
            Wish.Kind.EDIT,
            edit.getConversationId(),
            edit.getSequence(),
            edit.getEditId(),
            text(edit.getContent()),
            true);
      }
      case DELETE_MESSAGE -> {
        DeleteMessage delete = frame.getDeleteMessage();
        yield wish(
            Wish.Kind.DELETE, delete.getConversationId(), delete.getSequence(), "", "", true);
      }
      case SET_REACTION -> {
        SetReaction set = frame.getSetReaction();
        yield wish(
            Wish.Kind.REACT,
            set.getConversationId(),
            set.getSequence(),
            set.getReaction(),
            "",
            set.getOn());
      }
      case PIN_MESSAGE -> {
        PinMessage pin = frame.getPinMessage();
        yield wish(
            Wish.Kind.PIN, pin.getConversationId(), pin.getSequence(), "", "", pin.getPinned());
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Wish> wish(
      Wish.Kind kind, String conversation, long sequence, String id, String text, boolean on) {
    return Optional.of(new Wish(kind, conversation, sequence, id, text, on));
  }

  static List<Item> items(List<Message> messages) {
    return messages.stream().map(Records::item).toList();
  }

  /// What stands for a message's content; see [Item].
  static String text(Message message) {
    String text = text(message.getContent());
    return message.hasForwarded()
        ? Item.forwardedText(message.getForwarded().getSenderId(), text)
        : text;
  }

  static String text(Content content) {
    return switch (content.getContentCase()) {
      case SYSTEM -> text(content.getSystem());
      case CARD -> content.getCard().getTitle();
      case CUSTOM -> content.getCustom().getType() + content.getCustom().getJson();
      default -> content.getText().getText();
    };
  }

  private static String text(tern.v1.System system) {
    boolean isOfRole = system.getKind() == tern.v1.System.Kind.KIND_ROLE_CHANGED;
    return Item.systemText(
        system.getKind().name(),
        system.getUserIdsList(),
        isOfRole ? String.valueOf(system.getRole().getNumber()) : system.getText());
  }

  static Step step(Changes changes) {
    return new Step(
        changes.getConversationId(),
        changes.getAfter(),
        changes.getThrough(),
        changes.getSequence(),
        members(changes.getMembersList()),
        items(changes.getMessagesList()),
        changes.getReactionsList().stream().map(Records::reaction).toList(),
        changes.hasConversation()
            ? List.of(Rulings.settings(changes.getConversation()))
            : List.of());
  }

  static List<MemberSeen> members(List<Member> members) {
    return members.stream()
        .map(
            member ->
                new MemberSeen(
                    member.getUserId(),
                    member.getRole().getNumber(),
                    member.getRevision(),
                    member.getRemoved(),
                    member.getVisibleFrom(),
                    member.getMutedUntilMs()))
        .toList();
  }

  static MarkerSeen marker(Marker marker) {
    return new MarkerSeen(marker.getUserId(), marker.getDelivered(), marker.getRead());
  }

  static List<MarkerSeen> markers(List<Marker> markers) {
    return markers.stream().map(Records::marker).toList();
  }

  static List<InboxLine> lines(List<InboxEntry> entries) {
    return entries.stream()
        .map(
            entry ->
                new InboxLine(
                    entry.getConversation().getConversationId(),
                    entry.getRemoved(),
                    entry.getLastMessage().getSequence(),
                    text(entry.getLastMessage()),
                    entry.getUnread(),
                    marker(entry.getMarker()),
                    entry.getRevision(),
                    entry.getSequence(),
                    entry.getActiveAtMs(),
                    Arrangements.shelf(entry)))
        .toList();
  }
}

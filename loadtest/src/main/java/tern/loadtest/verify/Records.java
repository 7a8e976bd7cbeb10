// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import tern.loadtest.history.InboxLine;
import tern.loadtest.history.Item;
import tern.loadtest.history.MarkerSeen;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Step;
import tern.v1.Changes;
import tern.v1.Content;
import tern.v1.InboxEntry;
import tern.v1.Marker;
import tern.v1.Member;
import tern.v1.Message;

/// The protocol's messages as the history's records.
final class Records {
  private Records() {}

  static Item item(Message message) {
    return new Item(
        message.getSequence(),
        message.getRevision(),
        message.getSenderId(),
        message.getClientMessageId(),
        text(message.getContent()),
        message.getCountable());
  }

  static List<Item> items(List<Message> messages) {
    return messages.stream().map(Records::item).toList();
  }

  static String text(Content content) {
    return content.hasSystem()
        ? Item.systemText(
            content.getSystem().getKind().name(), content.getSystem().getUserIdsList())
        : content.getText().getText();
  }

  static Step step(Changes changes) {
    return new Step(
        changes.getConversationId(),
        changes.getAfter(),
        changes.getThrough(),
        changes.getSequence(),
        members(changes.getMembersList()),
        items(changes.getMessagesList()));
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
                    member.getVisibleFrom()))
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
                    entry.getUnread(),
                    marker(entry.getMarker()),
                    entry.getRevision(),
                    entry.getSequence(),
                    entry.getActiveAtMs()))
        .toList();
  }
}

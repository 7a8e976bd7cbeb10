// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.util.List;
import java.util.UUID;
import tern.v1.Acknowledge;
import tern.v1.AddMembers;
import tern.v1.BanUser;
import tern.v1.CatchUp;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.CreateGroup;
import tern.v1.DeleteConversation;
import tern.v1.DeleteMessage;
import tern.v1.EditMessage;
import tern.v1.HistoryVisibility;
import tern.v1.LeaveConversation;
import tern.v1.ListBanned;
import tern.v1.ListInbox;
import tern.v1.ListPinned;
import tern.v1.MarkRead;
import tern.v1.MuteMember;
import tern.v1.OpenDirect;
import tern.v1.PinMessage;
import tern.v1.Position;
import tern.v1.ReadConversation;
import tern.v1.ReadEdits;
import tern.v1.ReadHistory;
import tern.v1.RefreshToken;
import tern.v1.RemoveMembers;
import tern.v1.Role;
import tern.v1.Search;
import tern.v1.SetReaction;
import tern.v1.SetRole;
import tern.v1.SetTyping;
import tern.v1.Text;
import tern.v1.UpdateConversation;

/// Frames that tests send, in a line each.
public final class Requests {
  private Requests() {}

  /// Reads the newest page of the list, of so many entries.
  public static ClientFrame.Builder inbox(int limit) {
    return list(ListInbox.newBuilder().setLimit(limit));
  }

  /// Reads what changed in the list.
  public static ClientFrame.Builder inboxSince(String cursor, int limit) {
    return list(ListInbox.newBuilder().setSince(cursor).setLimit(limit));
  }

  /// Reads the next page of the list.
  public static ClientFrame.Builder inboxPage(String page, int limit) {
    return list(ListInbox.newBuilder().setPage(page).setLimit(limit));
  }

  private static ClientFrame.Builder list(ListInbox.Builder list) {
    return ClientFrame.newBuilder().setListInbox(list);
  }

  /// Marks as read.
  public static ClientFrame.Builder markRead(String conversation, long sequence) {
    return ClientFrame.newBuilder()
        .setMarkRead(MarkRead.newBuilder().setConversationId(conversation).setSequence(sequence));
  }

  /// Acknowledges.
  public static ClientFrame.Builder acknowledge(String conversation, long revision, long sequence) {
    return ClientFrame.newBuilder()
        .setAcknowledge(
            Acknowledge.newBuilder()
                .setConversationId(conversation)
                .setRevision(revision)
                .setSequence(sequence));
  }

  /// Tells that one types.
  public static ClientFrame.Builder typing(String conversation) {
    return ClientFrame.newBuilder()
        .setSetTyping(SetTyping.newBuilder().setConversationId(conversation).setTyping(true));
  }

  /// Catches up from a position.
  public static ClientFrame.Builder catchUp(String conversation, Position position) {
    ClientFrame.Builder frame = catchUp(conversation);
    frame.getCatchUpBuilder().setPosition(position);
    return frame;
  }

  /// Catches up without one.
  public static ClientFrame.Builder catchUp(String conversation) {
    return ClientFrame.newBuilder()
        .setCatchUp(CatchUp.newBuilder().setConversationId(conversation));
  }

  /// Reads what lies before a sequence.
  public static ClientFrame.Builder before(String conversation, long sequence, int limit) {
    return history(conversation, limit, ReadHistory.newBuilder().setBefore(sequence));
  }

  /// Reads what lies after a sequence.
  public static ClientFrame.Builder after(String conversation, long sequence, int limit) {
    return history(conversation, limit, ReadHistory.newBuilder().setAfter(sequence));
  }

  /// Reads what lies around a sequence.
  public static ClientFrame.Builder around(String conversation, long sequence, int limit) {
    return history(conversation, limit, ReadHistory.newBuilder().setAround(sequence));
  }

  private static ClientFrame.Builder history(
      String conversation, int limit, ReadHistory.Builder where) {
    return ClientFrame.newBuilder()
        .setReadHistory(where.setConversationId(conversation).setLimit(limit));
  }

  /// Opens the conversation of two.
  public static ClientFrame.Builder openDirect(String peer) {
    return ClientFrame.newBuilder().setOpenDirect(OpenDirect.newBuilder().setUserId(peer));
  }

  /// Creates a group under a key.
  public static ClientFrame.Builder createGroup(
      String name, String key, HistoryVisibility visibility, List<String> others) {
    return ClientFrame.newBuilder()
        .setCreateGroup(
            CreateGroup.newBuilder()
                .setName(name)
                .setKey(key)
                .setHistoryVisibility(visibility)
                .addAllUserIds(others));
  }

  /// Reads a conversation and its members.
  public static ClientFrame.Builder read(String conversation) {
    return ClientFrame.newBuilder()
        .setReadConversation(ReadConversation.newBuilder().setConversationId(conversation));
  }

  /// Adds members.
  public static ClientFrame.Builder add(String conversation, List<String> users) {
    return ClientFrame.newBuilder()
        .setAddMembers(
            AddMembers.newBuilder().setConversationId(conversation).addAllUserIds(users));
  }

  /// Removes members.
  public static ClientFrame.Builder remove(String conversation, List<String> users) {
    return ClientFrame.newBuilder()
        .setRemoveMembers(
            RemoveMembers.newBuilder().setConversationId(conversation).addAllUserIds(users));
  }

  /// Leaves.
  public static ClientFrame.Builder leave(String conversation) {
    return ClientFrame.newBuilder()
        .setLeaveConversation(LeaveConversation.newBuilder().setConversationId(conversation));
  }

  /// Brings a fresh token.
  public static ClientFrame.Builder refresh(String token) {
    return ClientFrame.newBuilder()
        .setRefreshToken(RefreshToken.newBuilder().setAccessToken(token));
  }

  /// Replaces a message's text.
  public static ClientFrame.Builder edit(
      String conversation, long sequence, UUID editId, String text) {
    return ClientFrame.newBuilder()
        .setEditMessage(
            EditMessage.newBuilder()
                .setConversationId(conversation)
                .setSequence(sequence)
                .setEditId(editId.toString())
                .setContent(Content.newBuilder().setText(Text.newBuilder().setText(text))));
  }

  /// Deletes a message for everybody.
  public static ClientFrame.Builder delete(String conversation, long sequence) {
    return ClientFrame.newBuilder()
        .setDeleteMessage(
            DeleteMessage.newBuilder().setConversationId(conversation).setSequence(sequence));
  }

  /// Sets a reaction.
  public static ClientFrame.Builder react(String conversation, long sequence, String reaction) {
    return ClientFrame.newBuilder()
        .setSetReaction(reaction(conversation, sequence, reaction).setOn(true));
  }

  /// Takes a reaction back.
  public static ClientFrame.Builder unreact(String conversation, long sequence, String reaction) {
    return ClientFrame.newBuilder().setSetReaction(reaction(conversation, sequence, reaction));
  }

  private static SetReaction.Builder reaction(String conversation, long sequence, String reaction) {
    return SetReaction.newBuilder()
        .setConversationId(conversation)
        .setSequence(sequence)
        .setReaction(reaction);
  }

  /// Pins a message.
  public static ClientFrame.Builder pin(String conversation, long sequence) {
    return pin(conversation, sequence, true);
  }

  /// Takes a pin away.
  public static ClientFrame.Builder unpin(String conversation, long sequence) {
    return pin(conversation, sequence, false);
  }

  private static ClientFrame.Builder pin(String conversation, long sequence, boolean pinned) {
    return ClientFrame.newBuilder()
        .setPinMessage(
            PinMessage.newBuilder()
                .setConversationId(conversation)
                .setSequence(sequence)
                .setPinned(pinned));
  }

  /// Reads what is pinned before a sequence; 0: the newest.
  public static ClientFrame.Builder pinned(String conversation, long before, int limit) {
    return ClientFrame.newBuilder()
        .setListPinned(
            ListPinned.newBuilder()
                .setConversationId(conversation)
                .setBefore(before)
                .setLimit(limit));
  }

  /// Reads the latest versions that edits have replaced.
  public static ClientFrame.Builder edits(String conversation, long sequence) {
    return ClientFrame.newBuilder()
        .setReadEdits(ReadEdits.newBuilder().setConversationId(conversation).setSequence(sequence));
  }

  /// Gives a member another role.
  public static ClientFrame.Builder setRole(String conversation, String user, Role role) {
    return ClientFrame.newBuilder()
        .setSetRole(
            SetRole.newBuilder().setConversationId(conversation).setUserId(user).setRole(role));
  }

  /// Gives a group another name.
  public static ClientFrame.Builder rename(String conversation, String name) {
    return update(of(conversation).setName(name));
  }

  /// Changes settings of a group.
  public static ClientFrame.Builder update(UpdateConversation.Builder update) {
    return ClientFrame.newBuilder().setUpdateConversation(update);
  }

  /// Settings of a group, to be filled in.
  public static UpdateConversation.Builder of(String conversation) {
    return UpdateConversation.newBuilder().setConversationId(conversation);
  }

  /// Mutes a member until a time; 0: for good.
  public static ClientFrame.Builder mute(String conversation, String user, long untilMs) {
    return mute(conversation, user, MuteMember.newBuilder().setMuted(true).setUntilMs(untilMs));
  }

  /// Unmutes a member.
  public static ClientFrame.Builder unmute(String conversation, String user) {
    return mute(conversation, user, MuteMember.newBuilder());
  }

  private static ClientFrame.Builder mute(
      String conversation, String user, MuteMember.Builder mute) {
    return ClientFrame.newBuilder()
        .setMuteMember(mute.setConversationId(conversation).setUserId(user));
  }

  /// Bans a user until a time; 0: for good.
  public static ClientFrame.Builder ban(String conversation, String user, long untilMs) {
    return ban(conversation, user, BanUser.newBuilder().setBanned(true).setUntilMs(untilMs));
  }

  /// Unbans a user.
  public static ClientFrame.Builder unban(String conversation, String user) {
    return ban(conversation, user, BanUser.newBuilder());
  }

  private static ClientFrame.Builder ban(String conversation, String user, BanUser.Builder ban) {
    return ClientFrame.newBuilder().setBanUser(ban.setConversationId(conversation).setUserId(user));
  }

  /// Reads who is banned, after a user.
  public static ClientFrame.Builder banned(String conversation, String after, int limit) {
    return ClientFrame.newBuilder()
        .setListBanned(
            ListBanned.newBuilder()
                .setConversationId(conversation)
                .setAfterUserId(after)
                .setLimit(limit));
  }

  /// Deletes a group.
  public static ClientFrame.Builder deleteGroup(String conversation) {
    return ClientFrame.newBuilder()
        .setDeleteConversation(DeleteConversation.newBuilder().setConversationId(conversation));
  }

  /// Looks for words in all of one's own conversations.
  public static ClientFrame.Builder search(String query) {
    return ClientFrame.newBuilder().setSearch(Search.newBuilder().setQuery(query));
  }

  /// Looks for words in one conversation.
  public static ClientFrame.Builder search(String conversation, String query) {
    ClientFrame.Builder frame = search(query);
    frame.getSearchBuilder().setConversationId(conversation);
    return frame;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.util.List;
import java.util.UUID;
import tern.v1.BlockUser;
import tern.v1.ClientFrame;
import tern.v1.ListBlocked;
import tern.v1.ListMuted;
import tern.v1.MuteConversation;
import tern.v1.MuteUser;
import tern.v1.PresenceVisibility;
import tern.v1.ReadPreferences;
import tern.v1.ReadProfiles;
import tern.v1.Report;
import tern.v1.ReportReason;
import tern.v1.SubscribePresence;
import tern.v1.UpdatePreferences;
import tern.v1.UpdateProfile;

/// Frames about people that tests send, in a line each.
public final class PersonRequests {
  private PersonRequests() {}

  /// Gives oneself a name.
  public static ClientFrame.Builder name(String name) {
    return profile(UpdateProfile.newBuilder().setName(name));
  }

  /// Changes one's profile.
  public static ClientFrame.Builder profile(UpdateProfile.Builder change) {
    return ClientFrame.newBuilder().setUpdateProfile(change);
  }

  /// Reads profiles.
  public static ClientFrame.Builder profiles(String... users) {
    return ClientFrame.newBuilder()
        .setReadProfiles(ReadProfiles.newBuilder().addAllUserIds(List.of(users)));
  }

  /// Reads profiles, also of those who speak in an OPEN conversation.
  public static ClientFrame.Builder profilesIn(String conversation, String... users) {
    ClientFrame.Builder frame = profiles(users);
    frame.getReadProfilesBuilder().setConversationId(conversation);
    return frame;
  }

  /// Blocks somebody.
  public static ClientFrame.Builder block(String user) {
    return ClientFrame.newBuilder()
        .setBlockUser(BlockUser.newBuilder().setUserId(user).setBlocked(true));
  }

  /// Blocks somebody no more.
  public static ClientFrame.Builder unblock(String user) {
    return ClientFrame.newBuilder().setBlockUser(BlockUser.newBuilder().setUserId(user));
  }

  /// Reads whom one has blocked.
  public static ClientFrame.Builder blocked(String page, int limit) {
    return ClientFrame.newBuilder()
        .setListBlocked(ListBlocked.newBuilder().setPage(page).setLimit(limit));
  }

  /// Mutes somebody.
  public static ClientFrame.Builder mute(String user) {
    return ClientFrame.newBuilder()
        .setMuteUser(MuteUser.newBuilder().setUserId(user).setMuted(true));
  }

  /// Reads whom one has muted.
  public static ClientFrame.Builder muted(String page, int limit) {
    return ClientFrame.newBuilder()
        .setListMuted(ListMuted.newBuilder().setPage(page).setLimit(limit));
  }

  /// Mutes a conversation until then.
  public static ClientFrame.Builder muteConversation(String conversation, long untilMs) {
    return ClientFrame.newBuilder()
        .setMuteConversation(
            MuteConversation.newBuilder().setConversationId(conversation).setMutedUntilMs(untilMs));
  }

  /// Watches these users.
  public static ClientFrame.Builder watch(String... users) {
    return ClientFrame.newBuilder()
        .setSubscribePresence(SubscribePresence.newBuilder().addAllUserIds(List.of(users)));
  }

  /// Says who may see whether one is online.
  public static ClientFrame.Builder visibleTo(PresenceVisibility visibility) {
    return ClientFrame.newBuilder()
        .setUpdatePreferences(UpdatePreferences.newBuilder().setPresenceVisibility(visibility));
  }

  /// Becomes invisible, or visible.
  public static ClientFrame.Builder invisible(boolean invisible) {
    return ClientFrame.newBuilder()
        .setUpdatePreferences(UpdatePreferences.newBuilder().setInvisible(invisible));
  }

  /// Changes one's preferences.
  public static ClientFrame.Builder prefer(UpdatePreferences.Builder change) {
    return ClientFrame.newBuilder().setUpdatePreferences(change);
  }

  /// Reads one's preferences.
  public static ClientFrame.Builder preferences() {
    return ClientFrame.newBuilder().setReadPreferences(ReadPreferences.getDefaultInstance());
  }

  /// Reports a message.
  public static ClientFrame.Builder report(UUID id, String conversation, long sequence) {
    return report(
        Report.newBuilder()
            .setReportId(id.toString())
            .setConversationId(conversation)
            .setSequence(sequence)
            .setReason(ReportReason.REPORT_REASON_SPAM));
  }

  /// Reports a person.
  public static ClientFrame.Builder report(UUID id, String user) {
    return report(
        Report.newBuilder()
            .setReportId(id.toString())
            .setUserId(user)
            .setReason(ReportReason.REPORT_REASON_FRAUD));
  }

  /// Reports a person who speaks in an OPEN conversation.
  public static ClientFrame.Builder reportIn(UUID id, String conversation, String user) {
    ClientFrame.Builder frame = report(id, user);
    frame.getReportBuilder().setConversationId(conversation);
    return frame;
  }

  /// Reports.
  public static ClientFrame.Builder report(Report.Builder report) {
    return ClientFrame.newBuilder().setReport(report);
  }
}

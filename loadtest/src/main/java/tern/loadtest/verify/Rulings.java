// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Setting;
import tern.loadtest.history.Settings;
import tern.v1.ClientFrame;
import tern.v1.Conversation;
import tern.v1.ConversationKind;
import tern.v1.Role;
import tern.v1.UpdateConversation;

/// What the protocol says of a conversation's rules, as the history's records.
final class Rulings {
  // How the protocol tells of what has no end.
  private static final long FOREVER = 9_007_199_254_740_991L;

  private Rulings() {}

  /// A conversation's settings as it was shown; of a direct one, which has no roles, none.
  static Settings settings(Conversation shown) {
    boolean isDirect = shown.getKind() == ConversationKind.CONVERSATION_KIND_DIRECT;
    return settings(
        shown.getRevision(),
        isDirect,
        Map.ofEntries(
            Map.entry(Setting.NAME, shown.getName()),
            Map.entry(Setting.IMAGE, shown.getImageUrl()),
            Map.entry(Setting.METADATA, metadata(shown.getMetadataMap())),
            Map.entry(Setting.POST_ROLE, number(shown.getPostRole())),
            Map.entry(Setting.ADD_ROLE, number(shown.getAddRole())),
            Map.entry(Setting.SETTINGS_ROLE, number(shown.getSettingsRole())),
            Map.entry(Setting.PIN_ROLE, number(shown.getPinRole())),
            Map.entry(Setting.REMOVE_ROLE, number(shown.getRemoveRole())),
            Map.entry(Setting.DELETE_ROLE, number(shown.getDeleteRole())),
            Map.entry(Setting.FROZEN, String.valueOf(shown.getFrozen())),
            Map.entry(Setting.SLOW_MODE, String.valueOf(shown.getSlowModeSeconds())),
            Map.entry(Setting.JOINABLE, String.valueOf(shown.getJoinableByKey())),
            Map.entry(Setting.KEY, shown.getKey()),
            Map.entry(Setting.HISTORY, String.valueOf(shown.getHistoryVisibility().getNumber()))));
  }

  /// The state that these values make.
  static Settings settings(long revision, boolean isDirect, Map<Setting, String> values) {
    Map<String, String> named = new TreeMap<>();
    if (!isDirect) {
      values.forEach((setting, value) -> named.put(setting.key(), value));
    }
    return new Settings(revision, named);
  }

  /// Metadata as one value.
  static String metadata(Map<String, String> entries) {
    return new TreeMap<>(entries).toString();
  }

  /// The change of a conversation or of its members that a frame asks for, if it asks for one.
  static Optional<Ruling> of(ClientFrame frame, String asker) {
    return switch (frame.getFrameCase()) {
      case UPDATE_CONVERSATION -> {
        UpdateConversation update = frame.getUpdateConversation();
        yield ruling(Ruling.Kind.SETTINGS, update.getConversationId(), List.of(), wished(update));
      }
      case SET_ROLE -> {
        var set = frame.getSetRole();
        yield ruling(
            Ruling.Kind.ROLE,
            set.getConversationId(),
            List.of(set.getUserId()),
            Map.of(Ruling.ROLE, number(set.getRole())));
      }
      case MUTE_MEMBER -> {
        var mute = frame.getMuteMember();
        yield ruling(
            Ruling.Kind.MUTE,
            mute.getConversationId(),
            List.of(mute.getUserId()),
            until(mute.getMuted(), mute.getUntilMs()));
      }
      case BAN_USER -> {
        var ban = frame.getBanUser();
        yield ruling(
            Ruling.Kind.BAN,
            ban.getConversationId(),
            List.of(ban.getUserId()),
            until(ban.getBanned(), ban.getUntilMs()));
      }
      default -> ofMembers(frame, asker);
    };
  }

  private static Optional<Ruling> ofMembers(ClientFrame frame, String asker) {
    return switch (frame.getFrameCase()) {
      case ADD_MEMBERS ->
          ruling(
              Ruling.Kind.ADD,
              frame.getAddMembers().getConversationId(),
              frame.getAddMembers().getUserIdsList(),
              Map.of());
      case REMOVE_MEMBERS ->
          ruling(
              Ruling.Kind.REMOVE,
              frame.getRemoveMembers().getConversationId(),
              frame.getRemoveMembers().getUserIdsList(),
              Map.of());
      case LEAVE_CONVERSATION ->
          ruling(
              Ruling.Kind.LEAVE,
              frame.getLeaveConversation().getConversationId(),
              List.of(asker),
              Map.of());
      default -> ofEntries(frame);
    };
  }

  private static Optional<Ruling> ofEntries(ClientFrame frame) {
    return switch (frame.getFrameCase()) {
      case CREATE_INVITATION ->
          ruling(
              Ruling.Kind.INVITE,
              frame.getCreateInvitation().getConversationId(),
              List.of(),
              Map.of(Ruling.USES, String.valueOf(frame.getCreateInvitation().getMaxUses())));
      case REVOKE_INVITATION ->
          ruling(
              Ruling.Kind.REVOKE,
              frame.getRevokeInvitation().getConversationId(),
              List.of(),
              Map.of(Ruling.INVITATION, frame.getRevokeInvitation().getInvitationId()));
      case DELETE_CONVERSATION ->
          ruling(
              Ruling.Kind.END,
              frame.getDeleteConversation().getConversationId(),
              List.of(),
              Map.of());
      default -> Optional.empty();
    };
  }

  private static Optional<Ruling> ruling(
      Ruling.Kind kind, String conversation, List<String> users, Map<String, String> values) {
    return Optional.of(new Ruling(kind, conversation, users, values));
  }

  private static Map<String, String> wished(UpdateConversation update) {
    Map<String, String> wished = new TreeMap<>();
    put(wished, Setting.NAME, update.hasName(), update.getName());
    put(wished, Setting.IMAGE, update.hasImageUrl(), update.getImageUrl());
    put(
        wished,
        Setting.METADATA,
        update.hasMetadata(),
        metadata(update.getMetadata().getEntriesMap()));
    put(wished, Setting.POST_ROLE, update.getPostRole());
    put(wished, Setting.ADD_ROLE, update.getAddRole());
    put(wished, Setting.SETTINGS_ROLE, update.getSettingsRole());
    put(wished, Setting.PIN_ROLE, update.getPinRole());
    put(wished, Setting.REMOVE_ROLE, update.getRemoveRole());
    put(wished, Setting.DELETE_ROLE, update.getDeleteRole());
    put(wished, Setting.FROZEN, update.hasFrozen(), String.valueOf(update.getFrozen()));
    put(
        wished,
        Setting.SLOW_MODE,
        update.hasSlowModeSeconds(),
        String.valueOf(update.getSlowModeSeconds()));
    put(
        wished,
        Setting.JOINABLE,
        update.hasJoinableByKey(),
        String.valueOf(update.getJoinableByKey()));
    return wished;
  }

  private static void put(Map<String, String> wished, Setting setting, Role role) {
    put(wished, setting, role != Role.ROLE_UNSPECIFIED, number(role));
  }

  private static void put(
      Map<String, String> wished, Setting setting, boolean isNamed, String value) {
    if (isNamed) {
      wished.put(setting.key(), value);
    }
  }

  private static Map<String, String> until(boolean stands, long untilMs) {
    return Map.of(Ruling.UNTIL, String.valueOf(!stands ? 0 : untilMs == 0 ? FOREVER : untilMs));
  }

  private static String number(Role role) {
    return String.valueOf(role.getNumber());
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.export;

import java.util.List;
import java.util.Locale;
import tern.push.decision.Suppression;
import tern.push.sending.PushEnding;

/// A kind of lines that PostgreSQL can write by itself: a statement that answers a key and a line,
/// in the order of the keys, and takes whose they are, the key to begin after, and how many.
///
/// @param first before all keys
record Section(String first, String sql) {
  static final String NO_ID = "00000000-0000-0000-0000-000000000000";

  // Times are milliseconds since 1970, as a text, as in all answers; 0 for none.
  private static String ms(String column) {
    return "coalesce(extract(epoch from nullif("
        + column
        + ", 'infinity')) * 1000, 0)::bigint::text";
  }

  // What has no end is told as in the protocol: by the largest number that every client can hold.
  private static String until(String column) {
    return "case when "
        + column
        + " = 'infinity' then '9007199254740991' else "
        + ms(column)
        + " end";
  }

  private static String level(String column) {
    return "case " + column + " when 1 then 'all' when 2 then 'mentions' when 3 then 'none' end";
  }

  // In the words of the delivery record.
  private static String outcome(String column) {
    StringBuilder words = new StringBuilder("case ").append(column);
    for (Suppression it : Suppression.values()) {
      when(words, it.number(), it);
    }
    for (PushEnding it : PushEnding.values()) {
      when(words, it.number(), it);
    }
    return words.append(" end").toString();
  }

  private static void when(StringBuilder words, int number, Enum<?> name) {
    String word = name.name().toLowerCase(Locale.ROOT);
    words.append(" when ").append(number).append(" then '").append(word).append("'");
  }

  /// Of a user.
  static final List<Section> OF_USER =
      List.of(
          new Section(
              "",
              "select '1', json_build_object('type', 'profile', 'name', name, 'imageUrl',"
                  + " image_url, 'locale', locale, 'timeZone', time_zone, 'metadata',"
                  + " json_object(metadata), 'changedAtMs', "
                  + ms("changed_at")
                  + ")::text from profile where user_id = ? and '1' > ? limit ?"),
          new Section(
              "",
              "select '1', json_build_object('type', 'preferences', 'presenceVisibility',"
                  + " case presence_visibility when 1 then 'everybody' when 2 then 'contacts'"
                  + " else 'nobody' end, 'invisible', invisible, 'pushLevel', "
                  + level("coalesce(push_level, 1)")
                  + ", 'quietFrom', to_char(quiet_from, 'HH24:MI'), 'quietTo', to_char(quiet_to,"
                  + " 'HH24:MI'), 'quietZone', quiet_zone, 'mentionsPass', mentions_pass,"
                  + " 'urgentPasses', urgent_passes)::text"
                  + " from preference where user_id = ? and '1' > ? limit ?"),
          new Section(
              "",
              "select '1', json_build_object('type', 'lastSeen', 'atMs', "
                  + ms("at")
                  + ")::text from last_seen where user_id = ? and '1' > ? limit ?"),
          new Section(
              "",
              "select '1', json_build_object('type', 'standing', 'deactivatedAtMs', "
                  + ms("deactivated_at")
                  + ", 'bannedAtMs', "
                  + ms("banned_at")
                  + ", 'banReason', ban_reason)::text"
                  + " from user_standing where user_id = ? and '1' > ? limit ?"),
          new Section(
              "",
              "select device_id, json_build_object('type', 'device', 'deviceId', device_id, 'kind',"
                  + " case kind when 1 then 'apns' when 2 then 'fcmToken' when 3 then"
                  + " 'fcmInstallation' when 4 then 'webPush' else '' end, 'bundleId',"
                  + " coalesce(bundle_id, ''), 'locale', locale, 'timeZone', time_zone,"
                  + " 'appVersion', app_version, 'registeredAtMs', "
                  + ms("registered_at")
                  + ", 'seenAtMs', "
                  + ms("seen_at")
                  + ")::text from device where user_id = ? and device_id > ?"
                  + " order by device_id limit ?"),
          new Section(
              "",
              "select other_id, json_build_object('type', 'relation', 'userId', other_id,"
                  + " 'blockedAtMs', "
                  + ms("blocked_at")
                  + ", 'mutedAtMs', "
                  + ms("muted_at")
                  + ")::text from relation where user_id = ? and other_id > ?"
                  + " order by other_id limit ?"),
          new Section(
              "0",
              "select no::text, json_build_object('type', 'report', 'userId', subject,"
                  + " 'conversationId', conversation_id, 'sequence', sequence::text, 'text', text,"
                  + " 'atMs', "
                  + ms("at")
                  + ", 'closedAtMs', "
                  + ms("closed_at")
                  + ")::text from report where reporter = ? and no > ?::bigint"
                  + " order by no limit ?"),
          new Section(
              NO_ID,
              "select c.id::text, json_build_object('type', 'conversation', 'conversationId', c.id,"
                  + " 'kind', case c.kind when 1 then 'DIRECT' when 2 then 'GROUP' when 3 then"
                  + " 'SUPPORT' else 'OPEN' end, 'name', case when m.removed then '' else c.name"
                  + " end, 'left', m.removed, 'role', case m.role when 3 then 'owner' when 2 then"
                  + " 'moderator' else 'member' end, 'readSequence', m.read_sequence::text,"
                  + " 'place', case m.place when 0 then 'list' when 3 then 'hidden' else 'archive'"
                  + " end, 'pinnedAtMs', "
                  + ms("m.pinned_at")
                  + ", 'mutedUntilMs', "
                  + until("m.muted_until")
                  + ", 'noPushUntilMs', "
                  + until("m.quiet_until")
                  + ", 'pushLevel', "
                  + level("m.push_level")
                  + ", 'draft', d.text, 'draftSavedAtMs', "
                  + ms("d.saved_at")
                  + ")::text from member m join conversation c on c.id = m.conversation_id left"
                  + " join member_draft d on d.conversation_id = c.id and d.user_id = m.user_id"
                  + " where m.user_id = ? and c.id > ?::uuid order by c.id limit ?"),
          new Section(
              NO_ID,
              "select conversation_id::text, json_build_object('type', 'watcher', 'conversationId',"
                  + " conversation_id, 'listed', listed, 'mutedUntilMs', "
                  + until("muted_until")
                  + ", 'spokeAtMs', "
                  + ms("spoke_at")
                  + ")::text from watcher where user_id = ? and conversation_id > ?::uuid"
                  + " order by conversation_id limit ?"),
          new Section(
              NO_ID,
              "select conversation_id::text, json_build_object('type', 'ban', 'conversationId',"
                  + " conversation_id, 'untilMs', "
                  + until("until")
                  + ")::text from ban where user_id = ? and conversation_id > ?::uuid"
                  + " order by conversation_id limit ?"),
          new Section(
              NO_ID,
              "select id::text, json_build_object('type', 'invitation', 'conversationId',"
                  + " conversation_id, 'createdAtMs', "
                  + ms("created_at")
                  + ", 'expiresAtMs', "
                  + ms("expires_at")
                  + ")::text from invitation where created_by = ? and id > ?::uuid"
                  + " order by id limit ?"));

  /// Of a conversation and a user.
  static final List<Section> OF_CONVERSATION =
      List.of(
          inConversation(
              "reaction", "reaction", "'sequence', sequence::text, 'reaction', reaction"),
          inConversation(
              "button_press",
              "lpad(number::text, 19, '0')",
              "'sequence', sequence::text, 'buttonId', button_id, 'value', value, 'atMs', "
                  + ms("pressed_at")),
          inConversation(
              "device_mark", "device_id", "'deviceId', device_id, 'sequence', sequence::text"),
          inConversation(
              "push_decision",
              "device_id",
              "'deviceId', device_id, 'fromSequence', first_sequence::text, 'throughSequence',"
                  + " last_sequence::text, 'outcome', "
                  + outcome("outcome")
                  + ", 'atMs', "
                  + ms("decided_at")
                  + ", 'receivedAtMs', "
                  + ms("received_at")
                  + ", 'openedAtMs', "
                  + ms("opened_at")));

  private static Section inConversation(String table, String rest, String fields) {
    // With leading zeros, so that texts have the order of their numbers.
    String sequence = table.equals("push_decision") ? "first_sequence" : "sequence";
    String key = "(lpad(" + sequence + "::text, 19, '0') || ' ' || " + rest + ") collate \"C\"";
    String type =
        switch (table) {
          case "button_press" -> "press";
          case "device_mark" -> "seenMark";
          case "push_decision" -> "push";
          default -> table;
        };
    return new Section(
        "",
        "select "
            + key
            + " k, json_build_object('type', '"
            + type
            + "', 'conversationId', conversation_id, "
            + fields
            + ")::text from "
            + table
            + " where conversation_id = ? and user_id = ? and "
            + key
            + " > ? order by k limit ?");
  }
}

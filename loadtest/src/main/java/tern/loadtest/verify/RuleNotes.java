// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.Audience;
import tern.loadtest.history.Invite;
import tern.loadtest.history.Rules;
import tern.loadtest.history.Setting;
import tern.loadtest.history.Settings;

/// The part of [StoreNotes] that tells of a conversation's rules: its settings, who is banned, and
/// when each revision was noted.
record RuleNotes(Connection connection, long startMs) {
  static final String BEGIN =
      """
      create table verify.settings (
        conversation_id uuid, revision bigint, direct boolean, name text, image_url text,
        metadata text[], post_role int, add_role int, settings_role int, pin_role int,
        remove_role int, delete_role int, frozen boolean, slow_mode_seconds int,
        joinable_by_key boolean, key text,
        history_visibility int,
        at timestamptz not null default clock_timestamp()
      );
      create function verify.note_settings() returns trigger language plpgsql as $$
      begin
        insert into verify.settings values (new.id, new.settings_revision, new.kind = 1, new.name,
          new.image_url, new.metadata, new.post_role, new.add_role, new.settings_role,
          new.pin_role, new.remove_role, new.delete_role, new.frozen, new.slow_mode_seconds,
          new.joinable_by_key, new.key,
          new.history_visibility);
        return null;
      end $$;
      create trigger verify_settings after insert or update of settings_revision on conversation
      for each row execute function verify.note_settings();

      create table verify.ban (
        conversation_id uuid, user_id text, until timestamptz, revision bigint,
        note bigint not null default nextval('verify.note'),
        at timestamptz not null default clock_timestamp()
      );
      create function verify.note_ban() returns trigger language plpgsql as $$
      declare
        b ban := case when tg_op = 'DELETE' then old else new end;
      begin
        insert into verify.ban values (b.conversation_id, b.user_id,
          case when tg_op <> 'DELETE' then b.until end,
          (select revision from conversation where id = b.conversation_id));
        return null;
      end $$;
      create trigger verify_ban after insert or update or delete on ban
      for each row execute function verify.note_ban();
      """;

  /// Each conversation's rules.
  Map<String, Rules> all() throws SQLException {
    Map<String, List<Rules.Ban>> bans = bans();
    EntryNotes entries = new EntryNotes(connection, startMs);
    Map<String, List<Invite>> invites = entries.invites();
    Map<String, List<Rules.Block>> blocks = entries.blocks();
    Map<String, Audience> audiences = new AudienceNotes(connection, startMs).all();
    Map<String, Map<Long, Long>> times = times();
    Map<String, Rules> all = new HashMap<>();
    settings()
        .forEach(
            (conversation, states) ->
                all.put(
                    conversation,
                    new Rules(
                        states,
                        bans.getOrDefault(conversation, List.of()),
                        blocks.getOrDefault(conversation, List.of()),
                        invites.getOrDefault(conversation, List.of()),
                        audiences.getOrDefault(conversation, Audience.NONE),
                        times.getOrDefault(conversation, Map.of()))));
    return all;
  }

  private Map<String, List<Settings>> settings() throws SQLException {
    Map<String, List<Settings>> settings = new HashMap<>();
    try (ResultSet row = rows("select * from verify.settings order by revision")) {
      while (row.next()) {
        settings
            .computeIfAbsent(row.getString("conversation_id"), _ -> new ArrayList<>())
            .add(settings(row));
      }
    }
    return settings;
  }

  private static Settings settings(ResultSet row) throws SQLException {
    Map<Setting, String> values =
        Map.ofEntries(
            Map.entry(Setting.NAME, row.getString("name")),
            Map.entry(Setting.IMAGE, row.getString("image_url")),
            Map.entry(Setting.METADATA, metadata((String[]) row.getArray("metadata").getArray())),
            Map.entry(Setting.POST_ROLE, row.getString("post_role")),
            Map.entry(Setting.ADD_ROLE, row.getString("add_role")),
            Map.entry(Setting.SETTINGS_ROLE, row.getString("settings_role")),
            Map.entry(Setting.PIN_ROLE, row.getString("pin_role")),
            Map.entry(Setting.REMOVE_ROLE, row.getString("remove_role")),
            Map.entry(Setting.DELETE_ROLE, row.getString("delete_role")),
            Map.entry(Setting.FROZEN, String.valueOf(row.getBoolean("frozen"))),
            Map.entry(Setting.SLOW_MODE, row.getString("slow_mode_seconds")),
            Map.entry(Setting.JOINABLE, String.valueOf(row.getBoolean("joinable_by_key"))),
            Map.entry(Setting.KEY, row.getString("key")),
            Map.entry(Setting.HISTORY, row.getString("history_visibility")));
    return Rulings.settings(row.getLong("revision"), row.getBoolean("direct"), values);
  }

  /// Metadata, of which the store keeps keys and values in turn, as one value.
  static String metadata(String[] kept) {
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < kept.length; i += 2) {
      entries.put(kept[i], kept[i + 1]);
    }
    return Rulings.metadata(entries);
  }

  private Map<String, List<Rules.Ban>> bans() throws SQLException {
    Map<String, List<Rules.Ban>> bans = new HashMap<>();
    try (ResultSet row =
        rows(
            """
            select conversation_id, user_id, revision, (extract(epoch from at) * 1000000)::bigint,
              case until when 'infinity' then 9007199254740991
                else coalesce((extract(epoch from until) * 1000)::bigint, 0) end
            from verify.ban order by note
            """)) {
      while (row.next()) {
        bans.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
            .add(
                new Rules.Ban(
                    row.getString(2), row.getLong(5), row.getLong(3), sinceStart(row.getLong(4))));
      }
    }
    return bans;
  }

  private Map<String, Map<Long, Long>> times() throws SQLException {
    Map<String, Map<Long, Long>> times = new HashMap<>();
    try (ResultSet row =
        rows(
            """
            select conversation_id, revision, (extract(epoch from at) * 1000000)::bigint from (
              select conversation_id, revision, at from verify.membership
              union all select conversation_id, revision, at from verify.settings
              union all select conversation_id, revision, at from verify.message) noted
            """)) {
      while (row.next()) {
        times
            .computeIfAbsent(row.getString(1), _ -> new HashMap<>())
            .merge(row.getLong(2), sinceStart(row.getLong(3)), Math::min);
      }
    }
    return times;
  }

  private long sinceStart(long micros) {
    return sinceStart(micros, startMs);
  }

  /// A time in microseconds since 1970, in nanoseconds since a run began.
  static long sinceStart(long micros, long startMs) {
    return (micros - startMs * 1_000) * 1_000;
  }

  private ResultSet rows(String sql) throws SQLException {
    return connection.createStatement().executeQuery(sql);
  }
}

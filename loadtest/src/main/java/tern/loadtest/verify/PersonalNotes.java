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
import java.util.Objects;
import tern.loadtest.history.Personal;

/// The part of [StoreNotes] that tells of what each user arranged for themselves.
record PersonalNotes(Connection connection, long startMs) {
  static final String BEGIN =
      """
      create table verify.place (
        conversation_id uuid, user_id text, joined_revision bigint, place int,
        place_countable bigint, pinned_at timestamptz, visible_from bigint,
        quiet_until timestamptz,
        note bigint not null default nextval('verify.note'),
        at timestamptz not null default clock_timestamp()
      );
      create function verify.note_place() returns trigger language plpgsql as $$
      begin
        insert into verify.place values (new.conversation_id, new.user_id, new.joined_revision,
          new.place, new.place_countable, new.pinned_at, new.visible_from, new.quiet_until);
        return null;
      end $$;
      create trigger verify_place
      after insert or update of place, place_countable, pinned_at, visible_from, quiet_until
      on member
      for each row execute function verify.note_place();

      create table verify.draft (
        conversation_id uuid, user_id text, text text,
        note bigint not null default nextval('verify.note'),
        at timestamptz not null default clock_timestamp()
      );
      create function verify.note_draft() returns trigger language plpgsql as $$
      declare
        d member_draft := case when tg_op = 'DELETE' then old else new end;
      begin
        insert into verify.draft values (d.conversation_id, d.user_id,
          case when tg_op <> 'DELETE' then d.text end);
        return null;
      end $$;
      create trigger verify_draft after insert or update or delete on member_draft
      for each row execute function verify.note_draft();
      """;

  /// What was arranged in each conversation.
  Map<String, Personal> all() throws SQLException {
    Map<String, List<Personal.Draft>> drafts = drafts();
    Map<String, Personal> all = new HashMap<>();
    places()
        .forEach(
            (conversation, places) ->
                all.put(
                    conversation,
                    new Personal(places, drafts.getOrDefault(conversation, List.of()))));
    return all;
  }

  private Map<String, List<Personal.Place>> places() throws SQLException {
    Map<String, List<Personal.Place>> places = new HashMap<>();
    try (ResultSet row =
        rows(
            """
            select conversation_id, user_id, joined_revision, place, place_countable,
              coalesce((extract(epoch from pinned_at) * 1000)::bigint, 0), visible_from,
              coalesce((extract(epoch from quiet_until) * 1000)::bigint, 0),
              (extract(epoch from at) * 1000000)::bigint
            from verify.place order by note
            """)) {
      while (row.next()) {
        places
            .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
            .add(
                new Personal.Place(
                    row.getString(2),
                    row.getLong(3),
                    row.getInt(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8),
                    RuleNotes.sinceStart(row.getLong(9), startMs)));
      }
    }
    return places;
  }

  private Map<String, List<Personal.Draft>> drafts() throws SQLException {
    Map<String, List<Personal.Draft>> drafts = new HashMap<>();
    try (ResultSet row =
        rows(
            """
            select conversation_id, user_id, text, (extract(epoch from at) * 1000000)::bigint
            from verify.draft order by note
            """)) {
      while (row.next()) {
        drafts
            .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
            .add(
                new Personal.Draft(
                    row.getString(2),
                    Objects.requireNonNullElse(row.getString(3), ""),
                    RuleNotes.sinceStart(row.getLong(4), startMs)));
      }
    }
    return drafts;
  }

  private ResultSet rows(String sql) throws SQLException {
    return connection.createStatement().executeQuery(sql);
  }
}

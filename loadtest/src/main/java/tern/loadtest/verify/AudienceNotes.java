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

/// Lets the store note who comes onto, and goes off, the lists of those who may watch.
///
/// @param startMs when the run began, in milliseconds since 1970
record AudienceNotes(Connection connection, long startMs) {
  static final String BEGIN =
      """
      create table verify.listing (
        conversation_id uuid, user_id text, listed boolean,
        note bigint not null default nextval('verify.note'),
        at timestamptz not null default clock_timestamp()
      );
      create function verify.note_listing() returns trigger language plpgsql as $$
      begin
        -- A row may also tell only that somebody who watches is muted.
        if tg_op = 'DELETE' then
          insert into verify.listing
            select old.conversation_id, old.user_id, false where old.listed;
        else
          insert into verify.listing select new.conversation_id, new.user_id, new.listed
            where new.listed <> (tg_op = 'UPDATE' and old.listed);
        end if;
        return null;
      end $$;
      create trigger verify_listing after insert or update or delete on watcher
      for each row execute function verify.note_listing();
      """;

  /// The audience of each OPEN conversation.
  Map<String, Audience> all() throws SQLException {
    Map<String, List<Audience.Listing>> listings = listings();
    Map<String, Audience> all = new HashMap<>();
    try (ResultSet row =
        rows(
            """
            select id, case watch_access when 1 then 'PUBLIC' when 2 then 'GRANT'
              when 3 then 'LIST' end, watch_grant
            from conversation where kind = 4
            """)) {
      while (row.next()) {
        all.put(
            row.getString(1),
            new Audience(
                Audience.Access.valueOf(row.getString(2)),
                row.getString(3),
                listings.getOrDefault(row.getString(1), List.of())));
      }
    }
    return all;
  }

  private Map<String, List<Audience.Listing>> listings() throws SQLException {
    Map<String, List<Audience.Listing>> listings = new HashMap<>();
    try (ResultSet row =
        rows(
            """
            select conversation_id, user_id, listed, (extract(epoch from at) * 1000000)::bigint
            from verify.listing order by note
            """)) {
      while (row.next()) {
        listings
            .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
            .add(
                new Audience.Listing(
                    row.getString(2),
                    row.getBoolean(3),
                    RuleNotes.sinceStart(row.getLong(4), startMs)));
      }
    }
    return listings;
  }

  private ResultSet rows(String sql) throws SQLException {
    return connection.createStatement().executeQuery(sql);
  }
}

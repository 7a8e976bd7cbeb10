// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tern.loadtest.history.People;
import tern.loadtest.history.ProfileSeen;
import tern.loadtest.history.Relation;

/// Lets the store note each state of what users say of each other and of themselves.
///
/// @param startMs when the run began, in milliseconds since 1970
record PeopleNotes(Connection connection, long startMs) {
  static final String BEGIN =
      """
      create table verify.relation (
        user_id text, other_id text, blocked boolean, muted boolean,
        note bigint not null default nextval('verify.note'),
        at timestamptz not null default clock_timestamp()
      );
      create function verify.note_relation() returns trigger language plpgsql as $$
      declare
        r relation := case when tg_op = 'DELETE' then old else new end;
      begin
        insert into verify.relation values (r.user_id, r.other_id,
          tg_op <> 'DELETE' and r.blocked_at is not null,
          tg_op <> 'DELETE' and r.muted_at is not null);
        return null;
      end $$;
      create trigger verify_relation after insert or update or delete on relation
      for each row execute function verify.note_relation();

      create table verify.profile (like profile);
      alter table verify.profile
        add note bigint not null default nextval('verify.note'),
        add at timestamptz not null default clock_timestamp();
      create function verify.note_profile() returns trigger language plpgsql as $$
      begin
        insert into verify.profile select new.*;
        return null;
      end $$;
      create trigger verify_profile after insert or update on profile
      for each row execute function verify.note_profile();
      """;

  /// All of it, in order.
  People all() throws SQLException {
    return new People(relations(), profiles());
  }

  private List<Relation> relations() throws SQLException {
    List<Relation> relations = new ArrayList<>();
    try (ResultSet row =
        rows(
            """
            select user_id, other_id, blocked, muted, (extract(epoch from at) * 1000000)::bigint
            from verify.relation order by note
            """)) {
      while (row.next()) {
        relations.add(
            new Relation(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getBoolean(4),
                RuleNotes.sinceStart(row.getLong(5), startMs)));
      }
    }
    return relations;
  }

  private List<ProfileSeen> profiles() throws SQLException {
    List<ProfileSeen> profiles = new ArrayList<>();
    try (ResultSet row =
        rows(
            """
            select user_id, name, image_url, metadata,
              floor(extract(epoch from changed_at) * 1000)::bigint,
              (extract(epoch from at) * 1000000)::bigint
            from verify.profile order by note
            """)) {
      while (row.next()) {
        String metadata = RuleNotes.metadata((String[]) row.getArray(4).getArray());
        profiles.add(
            new ProfileSeen(
                row.getString(1),
                Relations.parts(row.getString(2), row.getString(3), metadata),
                row.getLong(5),
                RuleNotes.sinceStart(row.getLong(6), startMs)));
      }
    }
    return profiles;
  }

  private ResultSet rows(String sql) throws SQLException {
    return connection.createStatement().executeQuery(sql);
  }
}

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
import tern.loadtest.history.Invite;
import tern.loadtest.history.Rules;

/// Lets the store note each state of each invitation, and whether one of the two of a direct
/// conversation blocks the other.
///
/// @param startMs when the run began, in milliseconds since 1970
record EntryNotes(Connection connection, long startMs) {
  static final String BEGIN =
      """
      create table verify.invitation (like invitation);
      alter table verify.invitation
        add stands boolean, add conversation_revision bigint,
        add note bigint not null default nextval('verify.note'),
        add at timestamptz not null default clock_timestamp();
      create function verify.note_invitation() returns trigger language plpgsql as $$
      declare
        i invitation := case when tg_op = 'DELETE' then old else new end;
      begin
        insert into verify.invitation select i.*, tg_op <> 'DELETE',
          (select revision from conversation where id = i.conversation_id);
        return null;
      end $$;
      create trigger verify_invitation after insert or update or delete on invitation
      for each row execute function verify.note_invitation();

      create table verify.block (
        conversation_id uuid, stands boolean, revision bigint,
        note bigint not null default nextval('verify.note'),
        at timestamptz not null default clock_timestamp()
      );
      create function verify.note_block() returns trigger language plpgsql as $$
      begin
        insert into verify.block values (new.id, new.blocked, new.revision);
        return null;
      end $$;
      create trigger verify_block after update of blocked on conversation
      for each row execute function verify.note_block();
      """;

  /// The invitations to each conversation.
  Map<String, List<Invite>> invites() throws SQLException {
    Map<String, List<Invite>> invites = new HashMap<>();
    try (ResultSet row =
        rows(
            """
            select conversation_id, id, encode(token_hash, 'hex'), created_by,
              (extract(epoch from expires_at) * 1000)::bigint, max_uses, uses, stands,
              conversation_revision, (extract(epoch from at) * 1000000)::bigint
            from verify.invitation order by note
            """)) {
      while (row.next()) {
        invites
            .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
            .add(
                new Invite(
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getInt(6),
                    row.getInt(7),
                    row.getBoolean(8),
                    row.getLong(9),
                    RuleNotes.sinceStart(row.getLong(10), startMs)));
      }
    }
    return invites;
  }

  /// The blocks in each conversation.
  Map<String, List<Rules.Block>> blocks() throws SQLException {
    Map<String, List<Rules.Block>> blocks = new HashMap<>();
    try (ResultSet row =
        rows(
            """
            select conversation_id, stands, revision, (extract(epoch from at) * 1000000)::bigint
            from verify.block order by note
            """)) {
      while (row.next()) {
        blocks
            .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
            .add(
                new Rules.Block(
                    row.getBoolean(2),
                    row.getLong(3),
                    RuleNotes.sinceStart(row.getLong(4), startMs)));
      }
    }
    return blocks;
  }

  private ResultSet rows(String sql) throws SQLException {
    return connection.createStatement().executeQuery(sql);
  }
}

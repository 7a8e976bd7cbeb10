// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Past;
import tern.loadtest.history.Press;

/// Lets the store note each change of a membership, a message and a reaction while a run lasts, in
/// the change's own transaction: a change that no client was there to see would be told by nobody,
/// once another follows.
final class StoreNotes {
  /// What [StoreAccess#item] reads a message from.
  static final String MESSAGE_COLUMNS =
      """
      conversation_id, sequence, revision, sender, client_message_id, body,
      (extract(epoch from edited_at) * 1000)::bigint, (extract(epoch from deleted_at) * 1000)::bigint,
      deleted_by, (extract(epoch from pinned_at) * 1000)::bigint
      """;

  /// What [StoreAccess#member] reads a membership from, as the others are told of it.
  static final String MEMBER_COLUMNS =
      """
      conversation_id, user_id, role, revision, removed, coalesce(joined_from, visible_from),
      case muted_until when 'infinity' then 9007199254740991
        else coalesce((extract(epoch from muted_until) * 1000)::bigint, 0) end
      """;

  private static final String BEGIN =
      """
      drop schema if exists verify cascade;
      create schema verify;

      create table verify.membership (
        conversation_id uuid, user_id text, role int, revision bigint, removed boolean,
        visible_from bigint, joined_from bigint, muted_until timestamptz,
        at timestamptz not null default clock_timestamp()
      );
      create function verify.note_membership() returns trigger language plpgsql as $$
      begin
        insert into verify.membership values (new.conversation_id, new.user_id, new.role,
          new.revision, new.removed, new.visible_from, new.joined_from, new.muted_until);
        return null;
      end $$;
      create trigger verify_membership after insert or update of revision on member
      for each row execute function verify.note_membership();

      create sequence verify.note;
      create table verify.message (like message);
      alter table verify.message
        add transaction xid8 not null default pg_current_xact_id(),
        add note bigint not null default nextval('verify.note'),
        add at timestamptz not null default clock_timestamp();
      create function verify.note_message() returns trigger language plpgsql as $$
      begin
        insert into verify.message select new.*;
        return null;
      end $$;
      create trigger verify_message after insert or update of revision on message
      for each row execute function verify.note_message();

      create table verify.reaction (
        conversation_id uuid, sequence bigint, user_id text, reaction text, revision bigint,
        transaction xid8 not null default pg_current_xact_id(),
        note bigint not null default nextval('verify.note')
      );
      create function verify.note_reaction() returns trigger language plpgsql as $$
      declare
        r reaction := case when tg_op = 'DELETE' then old else new end;
      begin
        insert into verify.reaction
          values (r.conversation_id, r.sequence, r.user_id, r.reaction,
            case when tg_op <> 'DELETE' then r.revision end);
        return null;
      end $$;
      create trigger verify_reaction after insert or update or delete on reaction
      for each row execute function verify.note_reaction();

      """
          + """
          create table verify.press (like button_press);
          create function verify.note_press() returns trigger language plpgsql as $$
          begin
            insert into verify.press select new.*;
            return null;
          end $$;
          create trigger verify_press after insert on button_press
          for each row execute function verify.note_press();

          """
          + RuleNotes.BEGIN
          + PersonalNotes.BEGIN
          + EntryNotes.BEGIN
          + AudienceNotes.BEGIN
          + PeopleNotes.BEGIN;

  private final Connection connection;

  StoreNotes(Connection connection) {
    this.connection = connection;
  }

  /// From now on everything is noted, and nothing of earlier runs.
  void begin() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(BEGIN);
    }
  }

  /// Takes away what [#begin] has made.
  void forget() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop schema if exists verify cascade");
    }
  }

  Map<String, List<MemberSeen>> memberships() throws SQLException {
    Map<String, List<MemberSeen>> memberships = new HashMap<>();
    try (ResultSet row = rows("select " + MEMBER_COLUMNS + " from verify.membership")) {
      while (row.next()) {
        listOf(memberships, row).add(StoreAccess.member(row));
      }
    }
    return memberships;
  }

  /// What became of each conversation's messages.
  Map<String, Past> pasts() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create index on verify.message (transaction, conversation_id, sequence, note)");
    }
    Map<String, List<Item>> states = states();
    Map<String, List<Past.Reacted>> reactions = reactions();
    Map<String, List<Past.Edited>> edits = edits();
    Map<String, Past> pasts = new HashMap<>();
    states.forEach(
        (conversation, items) ->
            pasts.put(
                conversation,
                new Past(
                    items,
                    reactions.getOrDefault(conversation, List.of()),
                    edits.getOrDefault(conversation, List.of()))));
    return pasts;
  }

  /// Every press that was kept, in the order of their numbers.
  Map<String, List<Press>> presses() throws SQLException {
    Map<String, List<Press>> presses = new HashMap<>();
    try (ResultSet row =
        rows(
            """
            select conversation_id, sequence, number, user_id, button_id, value, press_id
            from verify.press order by conversation_id, sequence, number
            """)) {
      while (row.next()) {
        listOf(presses, row)
            .add(
                new Press(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7)));
      }
    }
    return presses;
  }

  private Map<String, List<Item>> states() throws SQLException {
    Map<String, List<Item>> states = new HashMap<>();
    try (ResultSet row =
        rows("select " + MESSAGE_COLUMNS + " from verify.message order by revision")) {
      while (row.next()) {
        listOf(states, row).add(StoreAccess.item(row));
      }
    }
    return states;
  }

  /// A reaction that is taken back leaves no row that could tell the revision: the message's own
  /// change does, the next one in the same transaction.
  private Map<String, List<Past.Reacted>> reactions() throws SQLException {
    Map<String, List<Past.Reacted>> reactions = new HashMap<>();
    try (ResultSet row =
        rows(
            """
            select r.conversation_id, coalesce(r.revision, (
                select min(m.revision) from verify.message m
                where m.transaction = r.transaction and m.conversation_id = r.conversation_id
                  and m.sequence = r.sequence and m.note > r.note), 0),
              r.sequence, r.user_id, r.reaction, r.revision is not null
            from verify.reaction r
            -- With a deleted conversation goes all that hangs on it, and takes no revision.
            where r.revision is not null
              or not exists (
                select from conversation c
                where c.id = r.conversation_id and c.deleted_at is not null)
              or exists (
                select from verify.message m
                where m.transaction = r.transaction and m.conversation_id = r.conversation_id
                  and m.sequence = r.sequence and m.note > r.note)
            order by 2
            """)) {
      while (row.next()) {
        listOf(reactions, row)
            .add(
                new Past.Reacted(
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5),
                    row.getBoolean(6)));
      }
    }
    return reactions;
  }

  private Map<String, List<Past.Edited>> edits() throws SQLException {
    Map<String, List<Past.Edited>> edits = new HashMap<>();
    try (ResultSet row =
        rows("select conversation_id, revision, sequence, edit_id from message_edit")) {
      while (row.next()) {
        listOf(edits, row).add(new Past.Edited(row.getLong(2), row.getLong(3), row.getString(4)));
      }
    }
    return edits;
  }

  private ResultSet rows(String sql) throws SQLException {
    return connection.createStatement().executeQuery(sql);
  }

  private static <T> List<T> listOf(Map<String, List<T>> all, ResultSet row) throws SQLException {
    return all.computeIfAbsent(row.getString(1), _ -> new ArrayList<>());
  }
}

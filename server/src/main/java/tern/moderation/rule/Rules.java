// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.store.Database;

/// The app's rules: kept in the store, and on each node in force a second after they were changed.
/// Reading and changing blocks; for virtual threads.
public final class Rules {
  /// How many there may be.
  public static final int MOST = 100;

  /// How often a node looks whether they changed.
  public static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Rules.class);

  private final Database database;
  private volatile RuleSet current = RuleSet.NONE;
  // Owned by whoever looks.
  private List<Rule> known = List.of();

  /// Keeps them in this database.
  public Rules(Database database) {
    this.database = database;
  }

  /// Those in force on this node; never blocks.
  public RuleSet current() {
    return current;
  }

  /// Looks whether they changed; by one thread. One that can't be used any more is left out: the
  /// others are needed.
  public void look() {
    List<Rule> rules = list();
    if (!rules.equals(known)) {
      current = RuleSet.of(rules.stream().filter(Rules::isUsable).toList());
      known = rules;
      LOG.atInfo().addKeyValue("rules", rules.size()).log("moderation rules in force");
    }
  }

  private static boolean isUsable(Rule rule) {
    try {
      var _ = RuleSet.of(List.of(rule));
      return true;
    } catch (IllegalArgumentException _) {
      LOG.atError().addKeyValue("rule", rule.id()).log("a rule is left out: it can't be used");
      return false;
    }
  }

  /// All of them, by their ids.
  public List<Rule> list() {
    return database.run(Rules::list);
  }

  private static List<Rule> list(Connection connection) throws SQLException {
    List<Rule> rules = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select id, kind, action, terms, count, within_seconds, reason"
                    + " from moderation_rule order by id");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rules.add(
            new Rule(
                row.getString(1),
                RuleKind.valueOf(row.getString(2)),
                RuleAction.valueOf(row.getString(3)),
                List.of((String[]) row.getArray(4).getArray()),
                row.getInt(5),
                Duration.ofSeconds(row.getInt(6)),
                row.getString(7)));
      }
    }
    return rules;
  }

  /// Makes the rule, or replaces the one of its id; returns false when there are as many as there
  /// may be. Throws `IllegalArgumentException` when it can't be used.
  public boolean put(Rule rule) {
    // Whatever does not compile is found now, and not by the nodes.
    var _ = RuleSet.of(List.of(rule));
    return database.transaction(
        connection -> {
          lock(connection);
          return insert(connection, rule) == 1;
        });
  }

  // So that two can't both be the last that there may be.
  private static void lock(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("lock table moderation_rule in share row exclusive mode")) {
      lock.execute();
    }
  }

  private static int insert(Connection connection, Rule rule) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into moderation_rule (id, kind, action, terms, count, within_seconds, reason)
            select ?, ?, ?, ?, ?, ?, ?
            where (select count(*) from moderation_rule where id <> ?) < ?
            on conflict (id) do update set kind = excluded.kind, action = excluded.action,
              terms = excluded.terms, count = excluded.count,
              within_seconds = excluded.within_seconds, reason = excluded.reason
            """)) {
      insert.setString(1, rule.id());
      insert.setString(2, rule.kind().name());
      insert.setString(3, rule.action().name());
      insert.setArray(4, connection.createArrayOf("text", rule.terms().toArray()));
      insert.setInt(5, rule.count());
      insert.setInt(6, (int) rule.within().toSeconds());
      insert.setString(7, rule.reason());
      insert.setString(8, rule.id());
      insert.setInt(9, MOST);
      return insert.executeUpdate();
    }
  }

  /// Takes the rule away; returns false when there is none.
  public boolean delete(String id) {
    return database.run(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from moderation_rule where id = ?")) {
            delete.setString(1, id);
            return delete.executeUpdate() == 1;
          }
        });
  }
}

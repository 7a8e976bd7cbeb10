// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.store.Database;
import tern.store.TestPostgres;

class DecisionTableTest {
  private static final int PUSHED = 20;
  private static final int REFUSED = 22;

  private static Database database;

  private final PushPlace place = place("alice");

  @BeforeAll
  static void open() {
    database = new Database(TestPostgres.newMigratedDatabase());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static PushPlace place(String user) {
    return new PushPlace(
        new UserId(user), new DeviceId("phone"), new ConversationId(UUID.randomUUID()));
  }

  private Decided pushed(long first, long last) {
    return new Decided(place, new SequenceRange(first, last), PUSHED, "");
  }

  private void keep(Decided... decided) {
    database.transaction(
        connection -> {
          DecisionTable.keep(connection, List.of(decided));
          return decided.length;
        });
  }

  private List<String> kept() {
    return database.run(
        connection -> {
          List<String> kept = new ArrayList<>();
          try (var select =
              connection.prepareStatement(
                  "select first_sequence || '-' || last_sequence || ' ' || outcome"
                      + " || coalesce(' ' || reason, '') from push_decision"
                      + " where conversation_id = ? order by first_sequence")) {
            select.setObject(1, place.conversation().value());
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                kept.add(row.getString(1));
              }
            }
          }
          return kept;
        });
  }

  private void set(String column, long first) {
    database.run(
        connection -> {
          try (Statement update = connection.createStatement()) {
            return update.executeUpdate(
                "update push_decision set "
                    + column
                    + " = now() where conversation_id = '"
                    + place.conversation()
                    + "' and first_sequence = "
                    + first);
          }
        });
  }

  @Test
  void rangeThatSaysTheSameGrows() {
    keep(pushed(1, 1));
    keep(pushed(2, 4));
    assertThat(kept()).containsExactly("1-4 20");
  }

  @Test
  void whatWasTheFirstWhenItWasAskedForStandsBesideWhatHasComeSince() {
    Decided first = new Decided(place, new SequenceRange(2, 3), PUSHED, "", true);
    keep(pushed(4, 4));
    keep(first, pushed(5, 5));
    keep(first);
    assertThat(kept()).containsExactly("2-3 20", "4-5 20");
  }

  @Test
  void rangeAfterAGapBeginsAnew() {
    keep(pushed(1, 1));
    keep(pushed(3, 3), pushed(5, 6));
    assertThat(kept()).containsExactly("1-1 20", "3-3 20", "5-6 20");
  }

  @Test
  void anotherOutcomeOrReasonBeginsAnew() {
    keep(pushed(1, 1));
    keep(new Decided(place, new SequenceRange(2, 2), REFUSED, "BadTopic"));
    keep(new Decided(place, new SequenceRange(3, 3), REFUSED, "TooLarge"));
    keep(new Decided(place, new SequenceRange(4, 4), REFUSED, "TooLarge"));
    assertThat(kept()).containsExactly("1-1 20", "2-2 22 BadTopic", "3-4 22 TooLarge");
  }

  @Test
  void bannerThatWasTakenAwayOrSeenDoesNotGrow() {
    keep(pushed(1, 1));
    set("cleared_at", 1);
    keep(pushed(2, 2));
    set("opened_at", 2);
    keep(pushed(3, 3));
    assertThat(kept()).containsExactly("1-1 20", "2-2 20", "3-3 20");
  }

  @Test
  void whatIsToldAgainIsKeptOnce() {
    keep(pushed(1, 3));
    keep(pushed(1, 3));
    keep(pushed(2, 2));
    assertThat(kept()).containsExactly("1-3 20");
  }

  @Test
  void rangesThatMeetBecomeOne() {
    keep(pushed(4, 4), pushed(6, 7));
    keep(pushed(2, 9));
    assertThat(kept()).containsExactly("2-9 20");
  }

  @Test
  void severalThatMeetTheSameRangeInOneGroupAreAllKept() {
    keep(pushed(1, 10));
    keep(pushed(4, 4), pushed(9, 12));
    assertThat(kept()).containsExactly("1-12 20");
  }

  @Test
  void groupKeepsEachPlaceApart() {
    List<Decided> group = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      group.add(new Decided(place("other" + i), new SequenceRange(1, 2), PUSHED, ""));
    }
    keep(pushed(1, 1));
    group.add(pushed(2, 2));

    keep(group.toArray(Decided[]::new));

    assertThat(kept()).containsExactly("1-2 20");
    assertThat(others()).isEqualTo(600);
  }

  private static int others() {
    return database.run(
        connection -> {
          try (Statement select = connection.createStatement();
              ResultSet row =
                  select.executeQuery(
                      "select count(*) from push_decision where user_id like 'other%'")) {
            row.next();
            return row.getInt(1);
          }
        });
  }
}

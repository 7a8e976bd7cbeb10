// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.press;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// Keeps which buttons were pressed, and tells the cards' senders: live, and whenever they ask.
/// Blocks; for virtual threads.
public final class Presses {
  private static final int MAX_OF_A_USER = 100;

  private final Database database;
  private final BiConsumer<UserId, News> pressed;

  /// @param pressed takes what a card's sender is told, after the commit
  public Presses(Database database, BiConsumer<UserId, News> pressed) {
    this.database = database;
    this.pressed = pressed;
  }

  /// What a card's sender is told.
  public record News(Press.Card card, Press press) {}

  // The first column; the order is that of press_button_v1.
  private enum Status {
    PRESSED,
    PRESSED_BEFORE,
    NOT_FOUND,
    CONFLICT,
    EDITED,
    DELETED,
    NO_BUTTON,
    LIMIT_REACHED,
    BLOCKED
  }

  // A card's sender who is to be told; empty when they are gone.
  private record Outcome(PressResult result, Optional<UserId> told) {}

  /// Keeps the press, or finds that it is kept already.
  public PressResult press(PressWish wish) {
    Outcome outcome = database.run(connection -> press(connection, wish));
    if (outcome.result() instanceof PressResult.Kept(var press, _)) {
      outcome.told().ifPresent(sender -> pressed.accept(sender, new News(wish.card(), press)));
    }
    return outcome.result();
  }

  private static Outcome press(Connection connection, PressWish wish) throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement(
            "select * from press_button_v1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      call.setObject(1, wish.card().conversation().value());
      call.setString(2, wish.user().value());
      call.setLong(3, wish.card().sequence());
      if (wish.editedAt().isPresent()) {
        call.setTimestamp(4, Timestamp.from(wish.editedAt().get()));
      } else {
        call.setNull(4, Types.TIMESTAMP_WITH_TIMEZONE);
      }
      call.setString(5, wish.button());
      call.setBoolean(6, wish.target().isPresent());
      call.setString(7, wish.target().map(PressWish.Target::value).orElse(""));
      call.setBoolean(8, wish.target().map(PressWish.Target::isOnce).orElse(false));
      call.setObject(9, wish.id());
      call.setInt(10, MAX_OF_A_USER);
      try (ResultSet row = call.executeQuery()) {
        row.next();
        return outcome(row, wish.user());
      }
    }
  }

  private static Outcome outcome(ResultSet row, UserId user) throws SQLException {
    return switch (Status.values()[row.getInt("status")]) {
      case PRESSED ->
          new Outcome(
              new PressResult.Kept(press(row, user), false),
              row.getBoolean("present")
                  ? Optional.of(new UserId(row.getString("sender")))
                  : Optional.empty());
      case PRESSED_BEFORE ->
          new Outcome(new PressResult.Kept(press(row, user), true), Optional.empty());
      case NOT_FOUND -> refused(PressResult.Refused.NOT_FOUND);
      case CONFLICT -> refused(PressResult.Refused.CONFLICT);
      case EDITED -> refused(PressResult.Refused.EDITED);
      case DELETED -> refused(PressResult.Refused.DELETED);
      case NO_BUTTON -> refused(PressResult.Refused.NO_BUTTON);
      case LIMIT_REACHED -> refused(PressResult.Refused.LIMIT_REACHED);
      case BLOCKED -> refused(PressResult.Refused.BLOCKED);
    };
  }

  private static Outcome refused(PressResult.Refused reason) {
    return new Outcome(reason, Optional.empty());
  }

  private static Press press(ResultSet row, UserId user) throws SQLException {
    return new Press(
        row.getLong("number"),
        user,
        row.getString("button_id"),
        row.getString("value"),
        row.getObject("press_id", UUID.class),
        row.getTimestamp("at").toInstant());
  }

  /// Reads the presses after a number, the nearest, as the card's sender; `limit` 1 to 100.
  public PressList read(Press.Card card, UserId reader, long after, int limit) {
    return database.snapshot(
        connection -> {
          Optional<Boolean> may = mayRead(connection, card, reader);
          if (may.isEmpty()) {
            return PressList.Refused.NOT_FOUND;
          }
          return may.get() ? page(connection, card, after, limit) : PressList.Refused.FORBIDDEN;
        });
  }

  // Empty: there is no such message for this reader.
  private static Optional<Boolean> mayRead(Connection connection, Press.Card card, UserId reader)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select s.sender = ?
            from conversation c
            left join member m on m.conversation_id = c.id and m.user_id = ? and not m.removed
            join message s on s.conversation_id = c.id and s.sequence = ?
              and s.sequence >= greatest(m.visible_from, c.first_sequence)
            where c.id = ? and (m.user_id is not null or ? and c.deleted_at is null)
            """)) {
      select.setString(1, reader.value());
      select.setString(2, reader.value());
      select.setLong(3, card.sequence());
      select.setObject(4, card.conversation().value());
      // The app's backend is a member of none.
      select.setBoolean(5, reader.equals(UserId.BUSINESS));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
      }
    }
  }

  private static PressList page(Connection connection, Press.Card card, long after, int limit)
      throws SQLException {
    ConversationId conversation = card.conversation();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select number, user_id, button_id, value, press_id, pressed_at as at from button_press
            where conversation_id = ? and sequence = ? and number > ? order by number limit ?
            """)) {
      select.setObject(1, conversation.value());
      select.setLong(2, card.sequence());
      select.setLong(3, after);
      select.setInt(4, limit + 1);
      List<Press> presses = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          presses.add(press(row, new UserId(row.getString("user_id"))));
        }
      }
      boolean hasAfter = presses.size() > limit;
      return new PressList.Page(hasAfter ? presses.subList(0, limit) : presses, hasAfter);
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.receipt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.delivery.Announced;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;
import tern.store.GroupCommit;
import tern.store.Pending;
import tern.store.RepeatingTasks;
import tern.store.StoreException;

/// Moves the members' markers: *delivered* when a device acknowledges (collected, kept within a
/// second, may fall back that far in a crash), *read* when the user says so (kept before the
/// answer) or sends.
public final class Receipts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

  private static final int QUEUE = 100_000;
  private static final int GROUP = 500;
  // Acknowledgements that wait for the next flush; further ones are dropped: the device's next one
  // covers them.
  private static final int MAX_ACKNOWLEDGED = 500_000;
  private static final Duration FLUSH_EVERY = Duration.ofMillis(500);
  private static final Duration TELL_EVERY = Duration.ofSeconds(1);

  private final Database database;
  private final ReceiptNews news;
  private final BiConsumer<ConversationId, List<UserId>> readMoved;
  private final GroupCommit<MarkerMove> writer =
      new GroupCommit<>("markers", QUEUE, GROUP, this::move);
  private final RepeatingTasks tasks = new RepeatingTasks("receipts");
  private final ConcurrentMap<Place, Long> acknowledged = new ConcurrentHashMap<>();

  private record Place(ConversationId conversation, UserId user) {}

  /// @param news tells the other members
  /// @param readMoved told whose read marker has moved where, for their conversation lists
  public Receipts(
      Database database, ReceiptNews news, BiConsumer<ConversationId, List<UserId>> readMoved) {
    this.database = database;
    this.news = news;
    this.readMoved = readMoved;
  }

  /// Begins.
  public Receipts start() {
    writer.start();
    tasks.every(FLUSH_EVERY, this::flush);
    tasks.every(TELL_EVERY, news::tell);
    return this;
  }

  /// A device of the user knows of everything up to `sequence`. Any thread; never blocks. Who is no
  /// member is passed over when it is kept.
  public void acknowledge(ConversationId conversation, UserId user, long sequence) {
    if (sequence > 0 && acknowledged.size() < MAX_ACKNOWLEDGED) {
      acknowledged.merge(new Place(conversation, user), sequence, Math::max);
    }
  }

  /// The user has read up to `sequence`: answers the marker as it stands then, committed, or empty
  /// when the user is no member. Blocks; for virtual threads.
  ///
  /// Throws [StoreException] when the store fails or too many wait.
  public Optional<Marker> markRead(ConversationId conversation, UserId user, long sequence) {
    Pending<Optional<Marker>> reply = new Pending<>();
    if (!writer.offer(new MarkerMove(conversation, user, 0, sequence, false, Optional.of(reply)))) {
      throw StoreException.busy("too many markers wait");
    }
    return reply.await();
  }

  /// The user takes back to have read `sequence` and what follows: answers the marker as it stands
  /// then, committed, or empty when the user is no member. The others are told nothing. Blocks; for
  /// virtual threads.
  ///
  /// Throws [StoreException] when the store fails.
  public Optional<Marker> markUnread(ConversationId conversation, UserId user, long sequence) {
    Optional<MarkerTable.Row> row =
        database.run(
            connection -> MarkerTable.markUnread(connection, conversation, user, sequence));
    if (row.isPresent() && row.get().moved()) {
      readMoved.accept(conversation, List.of(user));
    }
    return row.map(MarkerTable.Row::marker);
  }

  /// These messages were sent: their senders have read what came before. Blocks until it is kept.
  public void sent(List<Announced> messages) {
    Map<Place, Long> highest = new HashMap<>();
    for (Announced message : messages) {
      if (message.sequence() > 0) {
        highest.merge(
            new Place(message.conversation(), message.by()), message.sequence(), Math::max);
      }
    }
    List<Pending<Optional<Marker>>> replies = new ArrayList<>();
    highest.forEach(
        (place, sequence) -> {
          Pending<Optional<Marker>> reply = new Pending<>();
          replies.add(reply);
          writer.put(
              new MarkerMove(
                  place.conversation(), place.user(), 0, sequence, true, Optional.of(reply)));
        });
    replies.forEach(Pending::await);
  }

  private void flush() {
    List<Place> places = List.copyOf(acknowledged.keySet());
    for (Place place : places) {
      Long sequence = acknowledged.remove(place);
      if (sequence != null) {
        writer.put(
            new MarkerMove(
                place.conversation(), place.user(), sequence, 0, false, Optional.empty()));
      }
    }
  }

  private List<MarkerMove> move(List<MarkerMove> moves) {
    try {
      List<MarkerTable.Row> rows = database.run(connection -> MarkerTable.move(connection, moves));
      Map<Place, Marker> now = new HashMap<>();
      for (MarkerTable.Row row : rows) {
        Marker marker = row.marker();
        now.put(new Place(marker.conversation(), marker.user()), marker);
        if (row.moved()) {
          news.moved(marker);
        }
      }
      for (MarkerMove move : moves) {
        Optional<Marker> marker =
            Optional.ofNullable(now.get(new Place(move.conversation(), move.user())));
        if (move.read() > 0 && marker.isPresent()) {
          readMoved.accept(move.conversation(), List.of(move.user()));
        }
        move.reply().ifPresent(reply -> reply.complete(marker));
      }
    } catch (StoreException e) {
      // Acknowledgements are lost without harm: the devices' next ones cover them.
      LOG.atWarn().addKeyValue("cause", e.getMessage()).log("markers not kept");
      moves.forEach(move -> move.reply().ifPresent(reply -> reply.fail(e)));
    }
    return List.of();
  }

  /// Keeps what waits, then ends.
  @Override
  public void close() {
    tasks.endWith(this::flush);
    writer.close();
  }
}

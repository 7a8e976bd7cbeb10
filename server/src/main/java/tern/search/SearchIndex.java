// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import static java.util.stream.Collectors.groupingBy;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.search.IndexTable.Entry;
import tern.search.IndexTable.Group;
import tern.search.IndexTable.Text;
import tern.store.Database;
import tern.store.RepeatingTasks;
import tern.store.StoreException;
import tern.text.Word;
import tern.text.Words;

/// Makes messages searchable, after their commit, so that no send waits for it: follows the rows of
/// the `intake` table, which stay until this node has indexed what they name. So a crash loses
/// nothing, and whatever piles up is worked off in pieces. Then, a piece at a time, what is older
/// than the index. One thread of its own; a store that is away only delays it.
public final class SearchIndex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration FORGET_EVERY = Duration.ofSeconds(1);
  // So many groups, of 128 messages at most, in a piece; so many pieces in a turn.
  private static final int GROUPS = 8;
  private static final int PIECES = 50;
  private static final int BACKLOG_MESSAGES = 256;
  // A message has more words only if it is no talk.
  private static final int MAX_WORDS = 1_000;

  private final Database database;
  private final int node;
  private final SearchableText texts;
  private final RepeatingTasks tasks = new RepeatingTasks("search-index");
  // Groups that are indexed and whose rows may still stand; written by the tasks' thread.
  private final Set<Long> indexed = ConcurrentHashMap.newKeySet();

  /// @param node this node's number in the intake table
  /// @param texts knows what in a body is text
  public SearchIndex(Database database, int node, SearchableText texts) {
    this.database = database;
    this.node = node;
    this.texts = texts;
  }

  /// Begins.
  public SearchIndex start() {
    tasks.every(LOOK_EVERY, this::follow);
    tasks.every(FORGET_EVERY, this::forget);
    return this;
  }

  /// Whether all that this row of the intake table names is indexed: before that it must stay. Any
  /// thread.
  public boolean isIndexed(long groupNo) {
    return indexed.contains(groupNo);
  }

  private void follow() {
    for (int i = 0; i < PIECES; i++) {
      List<Group> groups =
          database.run(connection -> IndexTable.groups(connection, node, indexed, GROUPS));
      if (groups.isEmpty()) {
        workOffBacklog();
        return;
      }
      List<Entry> entries = groups.stream().flatMap(it -> it.entries().stream()).toList();
      index(database.run(connection -> IndexTable.read(connection, entries)));
      groups.forEach(it -> indexed.add(it.groupNo()));
    }
  }

  private void workOffBacklog() {
    database
        .run(IndexTable::nextOfBacklog)
        .ifPresent(
            next -> {
              index(
                  database.run(connection -> IndexTable.below(connection, next, BACKLOG_MESSAGES)));
              database.run(connection -> IndexTable.step(connection, next, BACKLOG_MESSAGES));
            });
  }

  private void forget() {
    List<Long> standing = database.run(connection -> IndexTable.standing(connection, node));
    indexed.retainAll(new HashSet<>(standing));
  }

  private void index(List<Text> messages) {
    List<IndexTable.Words> toPut = new ArrayList<>();
    List<Entry> toForget = new ArrayList<>();
    for (Text message : messages) {
      List<String> words = words(message);
      if (words.isEmpty()) {
        // Its deletion may have passed an earlier turn of ours.
        toForget.add(message.entry());
      } else {
        toPut.add(new IndexTable.Words(message.entry(), String.join(" ", words)));
      }
    }
    put(toPut);
    if (!toForget.isEmpty()) {
      database.run(connection -> IndexTable.forget(connection, toForget));
    }
  }

  private List<String> words(Text message) {
    try {
      return texts(message.body()).stream()
          .flatMap(it -> Words.of(it).stream())
          .map(Word::form)
          .distinct()
          .limit(MAX_WORDS)
          .toList();
    } catch (RuntimeException e) {
      // Its message may quote what it can't read.
      LOG.atError()
          .addKeyValue("conversation", message.entry().conversation())
          .addKeyValue("sequence", message.entry().sequence())
          .addKeyValue("cause", e.getClass().getSimpleName())
          .log("a message can't be made searchable");
      return List.of();
    }
  }

  private List<String> texts(ByteString body) {
    return body.isEmpty() ? List.of() : texts.of(body);
  }

  // One that the store refuses must not keep the others from being found.
  private void put(List<IndexTable.Words> words) {
    if (words.isEmpty()) {
      return;
    }
    try {
      List<IndexTable.Words> passed =
          database.run(connection -> IndexTable.put(connection, words, false));
      passed.stream()
          .collect(groupingBy(it -> it.entry().conversation()))
          .values()
          .forEach(its -> database.run(connection -> IndexTable.put(connection, its, true)));
    } catch (StoreException e) {
      if (e.isPassing()) {
        throw e;
      }
      if (words.size() == 1) {
        LOG.atError()
            .addKeyValue("conversation", words.getFirst().entry().conversation())
            .addKeyValue("sequence", words.getFirst().entry().sequence())
            .addKeyValue("cause", e.getMessage())
            .log("the index does not take a message");
        return;
      }
      put(words.subList(0, words.size() / 2));
      put(words.subList(words.size() / 2, words.size()));
    }
  }

  /// Ends; what is left is done by the next start.
  @Override
  public void close() {
    tasks.endWith(() -> {});
  }
}

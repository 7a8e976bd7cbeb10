// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.delivery.Delivery;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.session.OutgoingFrame;
import tern.session.Sessions;
import tern.store.RepeatingTasks;
import tern.store.StoreException;

/// Tells live sessions what changed in their conversation lists: collected, then read from the
/// store for many users at once and sent as absolute values, at most once a second to each user.
public final class InboxUpdates implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InboxUpdates.class);

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  // In one update of one user; the rest goes with the next.
  private static final int MAX_ENTRIES = 100;
  // Entries that are read at once, whoever's they are: each may hold a message of 16 KiB.
  private static final int MAX_AT_ONCE = 500;
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Inbox inbox;
  private final Sessions sessions;
  private final Delivery delivery;
  private final Function<InboxUpdate, OutgoingFrame> frames;
  private final RepeatingTasks tasks = new RepeatingTasks("inbox-updates");

  // Only users with a session stand here, each with conversations of theirs that changed: as
  // bounded as the sessions.
  private final ConcurrentMap<UserId, Set<ConversationId>> changed = new ConcurrentHashMap<>();
  // Owned by the tasks' thread: when each user was told last.
  private final Map<UserId, Long> told = new HashMap<>();

  /// @param frames makes an update's frame
  public InboxUpdates(
      Inbox inbox,
      Sessions sessions,
      Delivery delivery,
      Function<InboxUpdate, OutgoingFrame> frames) {
    this.inbox = inbox;
    this.sessions = sessions;
    this.delivery = delivery;
    this.frames = frames;
  }

  /// Begins.
  public InboxUpdates start() {
    tasks.every(LOOK_EVERY, this::tellAll);
    return this;
  }

  /// Notes that the conversation looks different in these users' lists. Any thread; never blocks.
  public void changed(ConversationId conversation, Collection<UserId> users) {
    for (UserId user : users) {
      if (sessions.has(user)) {
        changed.compute(
            user,
            (_, present) -> {
              Set<ConversationId> conversations = present == null ? new HashSet<>() : present;
              conversations.add(conversation);
              return conversations;
            });
      }
    }
  }

  private void tellAll() {
    long now = System.nanoTime();
    told.values().removeIf(at -> now - at > PAUSE_NANOS);
    Map<UserId, Set<ConversationId>> due = takeDue();
    due.keySet().forEach(user -> told.put(user, now));
    Map<UserId, Set<ConversationId>> some = new HashMap<>();
    int entries = 0;
    for (Map.Entry<UserId, Set<ConversationId>> each : due.entrySet()) {
      some.put(each.getKey(), each.getValue());
      entries += each.getValue().size();
      if (entries >= MAX_AT_ONCE) {
        tell(some);
        some = new HashMap<>();
        entries = 0;
      }
    }
    if (!some.isEmpty()) {
      tell(some);
    }
  }

  private Map<UserId, Set<ConversationId>> takeDue() {
    Map<UserId, Set<ConversationId>> due = new HashMap<>();
    for (UserId user : changed.keySet()) {
      if (!told.containsKey(user)) {
        Set<ConversationId> conversations = changed.remove(user);
        if (conversations != null) {
          due.put(user, first(user, conversations));
        }
      }
    }
    return due;
  }

  private Set<ConversationId> first(UserId user, Set<ConversationId> conversations) {
    if (conversations.size() <= MAX_ENTRIES) {
      return conversations;
    }
    Set<ConversationId> first = new HashSet<>();
    for (ConversationId conversation : conversations) {
      if (first.size() < MAX_ENTRIES) {
        first.add(conversation);
      } else {
        changed(conversation, List.of(user));
      }
    }
    return first;
  }

  // What exceeds the bytes of one update goes with the next.
  private List<InboxEntry> fitting(UserId user, List<InboxEntry> entries) {
    List<InboxEntry> fitting = new ArrayList<>();
    int bytes = 0;
    for (InboxEntry entry : entries) {
      bytes += entry.weight();
      if (fitting.isEmpty() || bytes <= Inbox.MAX_BYTES) {
        fitting.add(entry);
      } else {
        changed(entry.id(), List.of(user));
      }
    }
    return fitting;
  }

  private void tell(Map<UserId, Set<ConversationId>> due) {
    try {
      Map<UserId, List<InboxEntry>> entries = inbox.entries(due);
      Map<UserId, Long> badges = inbox.badges(due.keySet());
      entries.forEach(
          (user, its) ->
              tell(user, new InboxUpdate(fitting(user, its), badges.getOrDefault(user, 0L))));
    } catch (StoreException e) {
      LOG.atWarn().addKeyValue("cause", e.getMessage()).log("inbox updates wait for the store");
      due.forEach((user, conversations) -> conversations.forEach(id -> changed(id, List.of(user))));
    }
  }

  private void tell(UserId user, InboxUpdate update) {
    try {
      delivery.tell(List.of(user), _ -> true, frames.apply(update));
    } catch (RuntimeException e) {
      // The others hear of theirs.
      LOG.atError().setCause(e).addKeyValue("user", user).log("an inbox update can't be sent");
    }
  }

  @Override
  public void close() {
    tasks.endWith(() -> {});
  }
}

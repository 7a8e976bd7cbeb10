// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.text.FoldedText;

/// What users sent lately, as far as rules count it: the last 64 messages of each of 100,000 users,
/// on this node. Any thread may use it.
public final class FloodWatch {
  private static final int REMEMBERED = 64;
  private static final int MAX_USERS = 100_000;
  private static final Duration LONGEST = Duration.ofHours(1);

  private final LongSupplier nanoClock;
  // A user's messages are guarded by their deque.
  private final Map<UserId, Deque<Sent>> users =
      Caffeine.newBuilder()
          .maximumSize(MAX_USERS)
          .expireAfterAccess(LONGEST)
          .<UserId, Deque<Sent>>build()
          .asMap();

  /// @param nanoClock whose origin is arbitrary
  public FloodWatch(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  private record Sent(UUID id, ConversationId conversation, int text, long atNanos) {}

  /// What one user sent lately, the newest last.
  public static final class Recent {
    /// Nothing: of whoever is not watched.
    public static final Recent NOTHING = new Recent(List.of(), null);

    private final List<Sent> sent;
    private final @Nullable Sent earlier; // null: the newest was not known under its id

    private Recent(List<Sent> sent, @Nullable Sent earlier) {
      this.sent = sent;
      this.earlier = earlier;
    }

    boolean meets(Rule rule) {
      if (sent.isEmpty()) {
        return false;
      }
      Sent last = sent.getLast();
      List<Sent> within =
          sent.stream()
              .filter(it -> last.atNanos() - it.atNanos() < rule.within().toNanos())
              .toList();
      long met =
          rule.kind() == RuleKind.SAME_TEXT
              ? within.stream().filter(it -> it.text() == last.text()).count()
              : within.stream().map(Sent::conversation).distinct().count();
      return met >= rule.count();
    }
  }

  /// Notes a message, and answers what its sender sent lately. A repeat under the same id is the
  /// same message.
  public Recent note(UserId sender, UUID id, ConversationId conversation, List<String> texts) {
    Sent now =
        new Sent(
            id,
            conversation,
            texts.stream().map(it -> FoldedText.of(it).text()).toList().hashCode(),
            nanoClock.getAsLong());
    Deque<Sent> sent = users.computeIfAbsent(sender, _ -> new ArrayDeque<>());
    synchronized (sent) {
      @Nullable Sent earlier =
          sent.stream().filter(it -> it.id().equals(id)).findAny().orElse(null);
      if (earlier != null) {
        sent.remove(earlier);
      } else if (sent.size() == REMEMBERED) {
        sent.removeFirst();
      }
      sent.addLast(now);
      return new Recent(List.copyOf(sent), earlier);
    }
  }

  /// Takes back what was noted: it was no new message. One that had been sent before counts on, as
  /// of then: else whoever repeats a message had never sent it.
  public void undo(UserId sender, Recent noted) {
    Deque<Sent> sent = users.get(sender);
    if (sent == null || noted.sent.isEmpty()) {
      return;
    }
    synchronized (sent) {
      if (sent.remove(noted.sent.getLast()) && noted.earlier != null) {
        sent.addFirst(noted.earlier);
      }
    }
  }
}

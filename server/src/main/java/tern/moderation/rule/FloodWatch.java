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

/// What users said lately, as far as rules count it: the last 64 messages and edits of each of
/// 100,000 users, on this node. Any thread may use it.
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

  private record Sent(UUID message, ConversationId conversation, int text, long atNanos) {}

  /// What one user said lately, the newest last.
  public static final class Recent {
    /// Nothing: of whoever is not watched.
    public static final Recent NOTHING = new Recent(List.of(), null);

    private final List<Sent> sent;
    private final @Nullable Sent earlier; // null: the newest was not known

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

  /// Notes what a message says, or shall say by an edit, and answers what its sender said lately.
  /// The same said once more in the same message is a repeat; what a message said before an edit
  /// counts on.
  ///
  /// @param message its client message id
  /// @param said texts, in their order
  public Recent note(UserId sender, UUID message, ConversationId conversation, List<String> said) {
    Sent now =
        new Sent(
            message,
            conversation,
            said.stream().map(it -> FoldedText.of(it).text()).toList().hashCode(),
            nanoClock.getAsLong());
    Deque<Sent> sent = users.computeIfAbsent(sender, _ -> new ArrayDeque<>());
    synchronized (sent) {
      @Nullable Sent earlier =
          sent.stream()
              .filter(it -> it.message().equals(message) && it.text() == now.text())
              .findAny()
              .orElse(null);
      if (earlier != null) {
        sent.remove(earlier);
      } else if (sent.size() == REMEMBERED) {
        sent.removeFirst();
      }
      sent.addLast(now);
      return new Recent(List.copyOf(sent), earlier);
    }
  }

  /// Takes back what was noted: it was nothing new. What had been sent before counts on, as
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

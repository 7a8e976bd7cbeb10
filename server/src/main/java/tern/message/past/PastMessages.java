// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.past;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tern.id.ConversationId;
import tern.message.Committed;
import tern.message.Draft;
import tern.message.MessageState;
import tern.message.Reactions;
import tern.message.StoredMessage;
import tern.message.intake.ConversationWork;
import tern.message.intake.MessageIntake;

/// Stores what was said elsewhere, a batch at a time, in the conversation's own order and behind
/// all that stands there: messages like any others, save that they keep their times and are news to
/// nobody. Blocks; for virtual threads.
///
/// Of a batch only the last message is announced. Whoever has the conversation open sees a gap
/// before it and catches up at their own pace: a large import floods nobody.
public final class PastMessages {
  private final MessageIntake intake;
  private final Answering answering;

  /// @param intake changes conversations, for there each has its order
  /// @param answering makes answers of drafts
  public PastMessages(MessageIntake intake, Answering answering) {
    this.intake = intake;
    this.answering = answering;
  }

  /// Knows what a body looks like.
  @FunctionalInterface
  public interface Answering {
    /// The draft as an answer to the message with this sequence; what tells a repeat stays.
    Draft to(Draft draft, long sequence);
  }

  /// Stores those of the messages that are new, or finds that one of them can't be stored, and
  /// stores none.
  ///
  /// Throws [tern.store.StoreException] when the store fails.
  ///
  /// @param batch of one conversation; each has a name of its own, and those that are new come in
  ///     the order of their times
  /// @param isRead whether members who have nothing unread have read them too
  public ImportResult add(ConversationId id, List<PastMessage> batch, boolean isRead) {
    return intake.work(
        id, (connection, node) -> new Import(connection, node, id, isRead).run(batch));
  }

  // One transaction.
  private final class Import {
    private final Connection connection;
    private final int node;
    private final ConversationId id;
    private final boolean isRead;
    private final List<PastMessage> fresh = new ArrayList<>();
    private final List<Integer> freshIndexes = new ArrayList<>();
    private final List<ImportResult.Place> places = new ArrayList<>();

    Import(Connection connection, int node, ConversationId id, boolean isRead) {
      this.connection = connection;
      this.node = node;
      this.id = id;
      this.isRead = isRead;
    }

    ConversationWork.Outcome<ImportResult> run(List<PastMessage> batch) throws SQLException {
      if (!PastTable.lock(connection, id)) {
        return nothing(new ImportResult.NoConversation());
      }
      Optional<ImportResult.Refused> refusal = place(batch);
      if (refusal.isEmpty()) {
        refusal = erased();
      }
      if (refusal.isPresent()) {
        return nothing(refusal.get());
      }
      return new ConversationWork.Outcome<>(
          new ImportResult.Imported(places), fresh.isEmpty() ? List.of() : List.of(stored()));
    }

    private static ConversationWork.Outcome<ImportResult> nothing(ImportResult told) {
      return new ConversationWork.Outcome<>(told, List.of());
    }

    // Says where each message stands, or will: a repeat is known before anything else of it is
    // looked at.
    private Optional<ImportResult.Refused> place(List<PastMessage> batch) throws SQLException {
      PastTable.Head head = PastTable.head(connection, id);
      Map<PastMessage.Name, PastTable.Standing> standing =
          PastTable.standing(connection, id, named(batch));
      Map<PastMessage.Name, Long> sequences = new HashMap<>();
      standing.forEach((name, it) -> sequences.put(name, it.sequence()));
      for (int i = 0; i < batch.size(); i++) {
        PastMessage it = batch.get(i);
        PastTable.Standing earlier = standing.get(it.name());
        Optional<ImportResult.Reason> fault =
            earlier == null ? fault(it, head, fresh, sequences) : fault(it, earlier);
        if (fault.isPresent()) {
          return Optional.of(new ImportResult.Refused(i, fault.get()));
        }
        if (earlier == null) {
          fresh.add(answering(it, sequences));
          freshIndexes.add(i);
          sequences.put(it.name(), head.sequence() + fresh.size());
        }
        places.add(
            new ImportResult.Place(
                Objects.requireNonNull(sequences.get(it.name())), earlier != null));
      }
      return Optional.empty();
    }

    private static List<PastMessage.Name> named(List<PastMessage> batch) {
      return batch.stream()
          .flatMap(it -> Stream.concat(Stream.of(it.name()), it.answers().stream()))
          .distinct()
          .toList();
    }

    private Optional<ImportResult.Refused> erased() throws SQLException {
      if (fresh.isEmpty()) {
        return Optional.empty();
      }
      OptionalInt first = PastTable.erased(connection, fresh);
      return first.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new ImportResult.Refused(
                  freshIndexes.get(first.getAsInt()), ImportResult.Reason.SENDER_ERASED));
    }

    private Committed stored() throws SQLException {
      PastTable.Stored stored = PastTable.store(connection, node, id, isRead, fresh);
      PastMessage last = fresh.getLast();
      return new Committed(
          OptionalLong.of(stored.groupNo()),
          List.of(
              new Committed.MessageStored(
                  id,
                  stored.revision(),
                  stored.membershipRevision(),
                  new StoredMessage(
                      stored.sequence(),
                      stored.revision(),
                      last.draft().sender(),
                      last.draft().clientMessageId(),
                      last.sentAt(),
                      last.draft().body(),
                      new MessageState(last.editedAt(), Optional.empty(), Optional.empty()),
                      Reactions.NONE))));
    }

    private PastMessage answering(PastMessage it, Map<PastMessage.Name, Long> sequences) {
      return it.answers()
          .map(sequences::get)
          .map(sequence -> it.with(answering.to(it.draft(), sequence)))
          .orElse(it);
    }
  }

  private static Optional<ImportResult.Reason> fault(PastMessage it, PastTable.Standing earlier) {
    return earlier.contentHash() == it.draft().contentHash()
        ? Optional.empty()
        : Optional.of(ImportResult.Reason.OTHER_CONTENT);
  }

  private static Optional<ImportResult.Reason> fault(
      PastMessage it,
      PastTable.Head head,
      List<PastMessage> before,
      Map<PastMessage.Name, Long> sequences) {
    if (!it.draft().fits()) {
      return Optional.of(ImportResult.Reason.TOO_LARGE);
    }
    if (it.editedAt().orElse(it.sentAt()).isAfter(head.now())) {
      return Optional.of(ImportResult.Reason.IN_THE_FUTURE);
    }
    if (it.sentAt().isBefore(head.newest())) {
      return Optional.of(ImportResult.Reason.BEFORE_THE_NEWEST);
    }
    if (!before.isEmpty() && it.sentAt().isBefore(before.getLast().sentAt())) {
      return Optional.of(ImportResult.Reason.OUT_OF_ORDER);
    }
    boolean isSaid = it.draft().replyTo() <= head.sequence() + before.size();
    return isSaid && it.answers().stream().allMatch(sequences::containsKey)
        ? Optional.empty()
        : Optional.of(ImportResult.Reason.ANSWERS_NOTHING);
  }
}

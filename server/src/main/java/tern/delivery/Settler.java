// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.push.CommittedMessage;
import tern.store.Database;
import tern.store.GroupCommit;
import tern.store.RepeatingTasks;
import tern.store.StoreException;

/// The safety net under announcements: what is committed stands in the `intake` table until it is
/// settled, and what stands there too long is announced again.
///
/// A change is settled when it has been announced and it stands in the store for every device of
/// each recipient what became of it. Two threads of its own, one for each step; a store that is
/// away only delays them.
public final class Settler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

  private static final Duration WORK_EVERY = Duration.ofMillis(50);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int MAX_WAITING = 2_000;
  private static final int MESSAGES_AT_ONCE = 1_000;

  private final Database database;
  private final int node;
  private final Consumer<List<Announced>> onAnnounced;
  private final BiConsumer<List<CommittedMessage>, Runnable> pushes;
  private final RepeatingTasks marking = new RepeatingTasks("senders' markers");
  private final RepeatingTasks settling = new RepeatingTasks("settler");

  private record Group(long groupNo, List<Announced> changes) {}

  // What waits for one of the two steps. When it is full whoever brings more waits: the announcer,
  // and the intake behind it. Nothing is dropped.
  private static final class Stage {
    final BlockingQueue<Group> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    // Taken from it, to be done again.
    final List<Group> again = new ArrayList<>();

    // Many at once, so that many share what a step asks of the store.
    void work(
        IntSupplier room,
        Consumer<List<Group>> step,
        BiConsumer<Group, RuntimeException> hopeless) {
      List<Group> groups = take(room.getAsInt());
      while (!groups.isEmpty()) {
        List<Group> undone = GroupCommit.workOff(groups, step, hopeless);
        again.addAll(0, undone);
        groups = undone.isEmpty() ? take(room.getAsInt()) : List.of();
      }
    }

    private List<Group> take(int most) {
      List<Group> groups = new ArrayList<>();
      int messages = 0;
      while (messages < MESSAGES_AT_ONCE && groups.size() < most) {
        Group group = again.isEmpty() ? waiting.poll() : again.removeFirst();
        if (group == null) {
          break;
        }
        groups.add(group);
        messages += group.changes().size();
      }
      return groups;
    }
  }

  private final Stage announced = new Stage();
  // Told of, and that is kept: senders' markers do not wait for what the pushes of the messages
  // before ask of the store, which is several times as much.
  private final Stage marked = new Stage();
  // Rows that somebody on this node answers for: being announced, or settled and too young to
  // delete.
  private final Set<Long> known = ConcurrentHashMap.newKeySet();
  private final Set<Long> settled = ConcurrentHashMap.newKeySet();

  /// @param node this node's number in the intake table
  /// @param onAnnounced told of announced changes, in order; blocks until what it does is committed
  /// @param pushes decides what becomes of messages on their recipients' devices, and tells, on any
  ///     thread, when that stands in the store; throws [StoreException] when nothing was decided
  public Settler(
      Database database,
      int node,
      Consumer<List<Announced>> onAnnounced,
      BiConsumer<List<CommittedMessage>, Runnable> pushes) {
    this.database = database;
    this.node = node;
    this.onAnnounced = onAnnounced;
    this.pushes = pushes;
  }

  /// Begins; to be called before the first session is let in. What a crash left behind need not be
  /// announced: every session of this node will read it from the store.
  ///
  /// @param announceAgain told of what nobody has announced
  /// @param mayGo whether a settled row is needed by nobody else; asked again until it is so
  public void start(Consumer<Unsettled> announceAgain, LongPredicate mayGo) {
    for (Unsettled row : database.run(connection -> IntakeTable.all(connection, node))) {
      known.add(row.groupNo());
      announced.again.add(new Group(row.groupNo(), row.announced()));
    }
    marking.every(WORK_EVERY, this::mark);
    settling.every(WORK_EVERY, this::settle);
    settling.every(LOOK_EVERY, () -> look(announceAgain, mayGo));
  }

  /// This node is about to announce the group. Any thread.
  public void announcing(long groupNo) {
    known.add(groupNo);
  }

  /// This node has announced the group. Any thread; waits for room.
  public void announced(long groupNo, List<Announced> changes) {
    try {
      announced.waiting.put(new Group(groupNo, List.copyOf(changes)));
    } catch (InterruptedException _) {
      // It stands in the store: whoever looks next finds it.
      known.remove(groupNo);
      Thread.currentThread().interrupt();
    }
  }

  private void mark() {
    announced.work(marked.waiting::remainingCapacity, this::mark, this::leaveUnmarked);
  }

  private void mark(List<Group> groups) {
    onAnnounced.accept(groups.stream().flatMap(group -> group.changes().stream()).toList());
    // There is room: nobody else brings any.
    marked.waiting.addAll(groups);
  }

  private void leaveUnmarked(Group group, RuntimeException e) {
    LOG.atError().setCause(e).addKeyValue("group", group.groupNo()).log("senders not marked");
    marked.waiting.add(group);
  }

  private void settle() {
    marked.work(() -> MESSAGES_AT_ONCE, this::settle, this::settleApart);
  }

  private void settle(List<Group> groups) {
    pushes.accept(
        groups.stream().flatMap(Settler::messages).toList(),
        () -> groups.forEach(group -> settled.add(group.groupNo())));
  }

  // One message that can't be settled must not keep the others of its transaction from it. The row
  // stays: the next start tries again.
  private void settleApart(Group group, RuntimeException e) {
    LOG.atError().setCause(e).addKeyValue("group", group.groupNo()).log("not settled");
    var _ =
        GroupCommit.workOff(
            messages(group).toList(), some -> pushes.accept(some, () -> {}), (_, _) -> {});
  }

  private static Stream<CommittedMessage> messages(Group group) {
    return group.changes().stream()
        .filter(it -> it.sequence() > 0)
        .map(it -> new CommittedMessage(it.conversation(), it.sequence(), it.revision(), it.by()));
  }

  private void look(Consumer<Unsettled> announceAgain, LongPredicate mayGo) {
    database
        .run(connection -> IntakeTable.look(connection, node, known))
        .forEach(row -> announce(row, announceAgain));
    List<Long> done = settled.stream().filter(mayGo::test).toList();
    if (!done.isEmpty()) {
      List<Long> gone = database.run(connection -> IntakeTable.deleteOld(connection, node, done));
      gone.forEach(settled::remove);
      gone.forEach(known::remove);
    }
  }

  private void announce(Unsettled row, Consumer<Unsettled> announceAgain) {
    known.add(row.groupNo());
    try {
      announceAgain.accept(row);
    } catch (StoreException e) {
      // Nobody answers for it yet: the next look finds it again.
      known.remove(row.groupNo());
      throw e;
    }
  }

  /// Settles what has been announced, then ends.
  @Override
  public void close() {
    marking.endWith(this::mark);
    settling.endWith(this::settle);
  }
}

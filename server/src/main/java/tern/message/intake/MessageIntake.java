// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tern.conversation.MemberChange;
import tern.conversation.Membership;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.Announcer;
import tern.message.ChangeReply;
import tern.message.Committed;
import tern.message.Draft;
import tern.message.MessageChange;
import tern.message.SendReply;
import tern.store.Database;
import tern.store.Pending;
import tern.store.StoreException;

/// Takes what people want to say and makes it last: groups what is waiting, stores each group in
/// one transaction, answers the senders, and hands what is new on to be announced.
///
/// Any thread may call; the work is done by the lanes.
public final class MessageIntake implements AutoCloseable {
  private final List<IntakeLane> lanes = new ArrayList<>();
  private final Announcer announcer;
  private final int node;
  private final long deadlineNanos;

  /// @param node this node's number in the intake table
  /// @param editWindow how long after it was sent a message may be edited
  /// @param announcer is closed with the intake, after the lanes
  public MessageIntake(
      Database database,
      int node,
      IntakeConfig config,
      Duration editWindow,
      Announcer announcer,
      IntakeMetrics metrics) {
    this.node = node;
    this.announcer = announcer;
    this.deadlineNanos = config.deadline().toNanos();
    IntakeLane.Rules rules =
        new IntakeLane.Rules(database, node, config, editWindow, announcer::announce, metrics);
    for (int i = 0; i < config.laneCount(); i++) {
      lanes.add(new IntakeLane("intake-" + i, rules));
    }
  }

  /// Stores the message, or finds that it is stored already. Never blocks; `reply` is called once.
  public void send(Draft draft, SendReply reply) {
    take(new LaneWork.Send(draft, reply, patience()));
  }

  /// Changes a message, or finds that it is as asked for. Never blocks; `reply` is called once.
  public void change(MessageChange change, ChangeReply reply) {
    take(new LaneWork.ChangeMessage(change, reply, patience()));
  }

  private LaneWork.Patience patience() {
    return new LaneWork.Patience(System.nanoTime() + deadlineNanos);
  }

  private void take(LaneWork.Grouped work) {
    if (!laneOf(work.conversation()).offer(work)) {
      work.unavailable();
    }
  }

  /// Adds and removes members as `actor`; removing only oneself is leaving. Blocks; for virtual
  /// threads.
  ///
  /// Throws [StoreException] when the store fails.
  public MemberChange changeMembers(
      ConversationId conversation, UserId actor, List<UserId> add, List<UserId> remove) {
    ChangeMembers change =
        new ChangeMembers(
            node, conversation, actor, add, remove, System.nanoTime() + deadlineNanos);
    if (!laneOf(conversation).offer(change)) {
      throw StoreException.busy("the intake's queue is full");
    }
    return change.outcome();
  }

  /// How many wait to be stored.
  public int waiting() {
    return lanes.stream().mapToInt(IntakeLane::waiting).sum();
  }

  /// How many transactions may be in flight at once.
  public int laneCount() {
    return lanes.size();
  }

  private IntakeLane laneOf(ConversationId conversation) {
    return lanes.get(Math.floorMod(conversation.value().hashCode(), lanes.size()));
  }

  /// Stores and announces what waits, then ends.
  @Override
  public void close() {
    lanes.forEach(IntakeLane::close);
    announcer.close();
  }

  // One change of membership, waiting in its conversation's lane.
  private static final class ChangeMembers implements LaneWork.Change {
    private final int node;
    private final ConversationId conversation;
    private final UserId actor;
    private final List<UserId> add;
    private final List<UserId> remove;
    private final long deadlineNanos;
    private final Pending<MemberChange> outcome = new Pending<>();

    ChangeMembers(
        int node,
        ConversationId conversation,
        UserId actor,
        List<UserId> add,
        List<UserId> remove,
        long deadlineNanos) {
      this.node = node;
      this.deadlineNanos = deadlineNanos;
      this.conversation = conversation;
      this.actor = actor;
      this.add = List.copyOf(add);
      this.remove = List.copyOf(remove);
    }

    @Override
    public List<Committed> apply(Connection connection) throws SQLException {
      MemberChange change = Membership.change(connection, node, conversation, actor, add, remove);
      outcome.complete(change);
      if (!(change instanceof MemberChange.Changed it)) {
        return List.of();
      }
      return List.of(
          new Committed(
              OptionalLong.of(it.groupNo()),
              List.of(
                  new Committed.MembersChanged(
                      conversation, it.revision(), it.sequence(), it.members()))));
    }

    @Override
    public boolean mayTryAgain() {
      return System.nanoTime() - deadlineNanos < 0;
    }

    @Override
    public void failed(SQLException cause) {
      outcome.fail(StoreException.of(cause));
    }

    MemberChange outcome() {
      return outcome.await();
    }
  }
}

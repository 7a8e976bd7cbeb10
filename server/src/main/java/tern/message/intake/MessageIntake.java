// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tern.conversation.MemberChange;
import tern.conversation.Role;
import tern.conversation.SettingsChange;
import tern.conversation.invitation.JoinWish;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.Announcer;
import tern.message.ChangeReply;
import tern.message.Draft;
import tern.message.MessageChange;
import tern.message.SendReply;
import tern.message.intake.ConversationChanges.Target;
import tern.message.system.SystemBodies;
import tern.message.system.SystemMessages;
import tern.store.Database;
import tern.store.StoreException;

/// Takes what people want to say and makes it last: groups what is waiting, stores each group in
/// one transaction, answers the senders, and hands what is new on to be announced.
///
/// Any thread may call; the work is done by the lanes.
public final class MessageIntake implements AutoCloseable {
  private final List<IntakeLane> lanes = new ArrayList<>();
  private final Announcer announcer;
  private final ConversationChanges changes;
  private final long deadlineNanos;

  /// @param node this node's number in the intake table
  /// @param editWindow how long after it was sent a message may be edited
  /// @param bodies of the messages that tell of changes
  /// @param announcer is closed with the intake, after the lanes
  public MessageIntake(
      Database database,
      int node,
      IntakeConfig config,
      Duration editWindow,
      SystemBodies bodies,
      Announcer announcer,
      IntakeMetrics metrics) {
    this.changes = new ConversationChanges(node, new SystemMessages(node, bodies));
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
    Target target = new Target(conversation, actor);
    return run(conversation, connection -> changes.members(connection, target, add, remove));
  }

  /// Lets somebody into a group that has invited them. Blocks; for virtual threads.
  ///
  /// Throws [StoreException] when the store fails.
  public MemberChange join(ConversationId conversation, JoinWish wish) {
    return run(conversation, connection -> changes.join(connection, conversation, wish));
  }

  /// Gives a member another role, as `actor`. Blocks; for virtual threads.
  ///
  /// Throws [StoreException] when the store fails.
  public MemberChange setRole(ConversationId conversation, UserId actor, UserId user, Role role) {
    Target target = new Target(conversation, actor);
    return run(conversation, connection -> changes.role(connection, target, user, role));
  }

  /// Changes a group's settings, all of them or none, as `actor`. Blocks; for virtual threads.
  ///
  /// Throws [StoreException] when the store fails.
  public SettingsChange.Result changeSettings(
      ConversationId conversation, UserId actor, SettingsChange wanted) {
    Target target = new Target(conversation, actor);
    return run(conversation, connection -> changes.settings(connection, target, wanted));
  }

  /// Mutes a member as `actor`, or unmutes them when there is no `until`. Blocks; for virtual
  /// threads.
  ///
  /// Throws [StoreException] when the store fails.
  public MemberChange mute(
      ConversationId conversation, UserId actor, UserId user, Optional<Instant> until) {
    Target target = new Target(conversation, actor);
    return run(conversation, connection -> changes.mute(connection, target, user, until));
  }

  /// Bans a user as `actor`, or unbans them when there is no `until`. Blocks; for virtual threads.
  ///
  /// Throws [StoreException] when the store fails.
  public MemberChange ban(
      ConversationId conversation, UserId actor, UserId user, Optional<Instant> until) {
    Target target = new Target(conversation, actor);
    return run(conversation, connection -> changes.ban(connection, target, user, until));
  }

  /// Deletes a conversation for good, as one of its owners or, without one, as the app's backend.
  /// Blocks; for virtual threads.
  ///
  /// Throws [StoreException] when the store fails.
  public MemberChange delete(ConversationId conversation, Optional<UserId> actor) {
    return run(conversation, connection -> changes.delete(connection, conversation, actor));
  }

  /// Does what no member has asked for, such as erasing one, in the conversation's own order.
  /// Blocks; for virtual threads and threads of the node's own.
  ///
  /// Throws [StoreException] when the store fails.
  public <T> T work(ConversationId conversation, ConversationWork<T> work) {
    return run(conversation, connection -> changes.work(connection, work));
  }

  private <T> T run(ConversationId conversation, LaneTask.Work<T> work) {
    LaneTask<T> task = new LaneTask<>(work, System.nanoTime() + deadlineNanos);
    if (!laneOf(conversation).offer(task)) {
      throw StoreException.busy("the intake's queue is full");
    }
    LaneTask.Done<T> done = task.done();
    announcer.committed(done.committed());
    return done.outcome();
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
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import tern.conversation.GroupSettings;
import tern.conversation.Member;
import tern.conversation.MemberChange;
import tern.conversation.MemberChange.Refusal;
import tern.conversation.Membership;
import tern.conversation.Role;
import tern.conversation.SettingsChange;
import tern.conversation.invitation.JoinWish;
import tern.conversation.invitation.Joining;
import tern.conversation.rules.Moderation;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.Committed;
import tern.message.system.SystemEvent;
import tern.message.system.SystemMessages;
import tern.store.Database;
import tern.store.SqlWork;

/// Changes of conversations and of who is a member: each is one transaction, in which the messages
/// that tell of it are written too. Runs on the conversation's lane.
final class ConversationChanges {
  private final int node;
  private final SystemMessages messages;

  /// @param node this node's number in the intake table
  ConversationChanges(int node, SystemMessages messages) {
    this.node = node;
    this.messages = messages;
  }

  /// A change and who makes it.
  record Target(ConversationId conversation, UserId actor) {}

  <T> LaneTask.Done<T> work(Connection connection, ConversationWork<T> work) throws SQLException {
    return Database.inTransaction(
        connection,
        it -> {
          ConversationWork.Outcome<T> outcome = work.run(it, node);
          return new LaneTask.Done<>(outcome.told(), outcome.committed());
        });
  }

  LaneTask.Done<MemberChange> members(
      Connection connection, Target target, List<UserId> add, List<UserId> remove)
      throws SQLException {
    return asActor(
        connection,
        target,
        it ->
            remove.isEmpty()
                ? Membership.add(it, node, target.conversation(), target.actor(), add)
                : Membership.change(it, node, target.conversation(), target.actor(), add, remove),
        changed -> events(target.actor(), add, changed.members()));
  }

  // Of those who left by themselves, somebody else may have become the owner.
  private static List<SystemEvent> events(UserId actor, List<UserId> added, List<Member> changed) {
    List<UserId> gone = changed.stream().filter(Member::removed).map(Member::user).toList();
    Stream<UserId> standing =
        changed.stream().filter(member -> !member.removed()).map(Member::user);
    if (!added.isEmpty()) {
      return List.of(new SystemEvent.MembersAdded(standing.toList()));
    }
    if (!gone.equals(List.of(actor))) {
      return List.of(new SystemEvent.MembersRemoved(gone));
    }
    return Stream.concat(
            Stream.<SystemEvent>of(new SystemEvent.MemberLeft(actor)),
            standing.map(heir -> new SystemEvent.RoleChanged(heir, Role.OWNER)))
        .toList();
  }

  LaneTask.Done<MemberChange> join(
      Connection connection, ConversationId conversation, JoinWish wish) throws SQLException {
    UserId joiner = wish.joiner();
    return inTransaction(
        connection,
        new Target(conversation, joiner),
        it -> Joining.join(it, node, conversation, wish),
        changed -> events(joiner, List.of(joiner), changed.members()));
  }

  LaneTask.Done<MemberChange> role(Connection connection, Target target, UserId user, Role role)
      throws SQLException {
    return asActor(
        connection,
        target,
        it -> Membership.setRole(it, node, target.conversation(), target.actor(), user, role),
        _ -> List.of(new SystemEvent.RoleChanged(user, role)));
  }

  LaneTask.Done<MemberChange> mute(
      Connection connection, Target target, UserId user, Optional<Instant> until)
      throws SQLException {
    return asActor(
        connection,
        target,
        it -> Moderation.mute(it, node, target.conversation(), target.actor(), user, until),
        _ -> List.of());
  }

  LaneTask.Done<MemberChange> ban(
      Connection connection, Target target, UserId user, Optional<Instant> until)
      throws SQLException {
    return asActor(
        connection,
        target,
        it -> Moderation.ban(it, node, target.conversation(), target.actor(), user, until),
        _ -> List.of(new SystemEvent.MembersRemoved(List.of(user))));
  }

  // Where the actor has a say; looked at before anything is held, and again when it is.
  private LaneTask.Done<MemberChange> asActor(
      Connection connection,
      Target target,
      SqlWork<MemberChange> work,
      Function<MemberChange.Changed, List<SystemEvent>> events)
      throws SQLException {
    return inTransaction(
        connection,
        target,
        it ->
            Membership.isActing(it, target.conversation(), target.actor())
                ? work.on(it)
                : new MemberChange.Refused(Refusal.NOT_FOUND),
        events);
  }

  // Changes who is a member, and tells of it.
  private LaneTask.Done<MemberChange> inTransaction(
      Connection connection,
      Target target,
      SqlWork<MemberChange> work,
      Function<MemberChange.Changed, List<SystemEvent>> events)
      throws SQLException {
    return Database.inTransaction(
        connection,
        it -> {
          MemberChange change = work.on(it);
          if (!(change instanceof MemberChange.Changed changed)) {
            return new LaneTask.Done<>(change, List.of());
          }
          return new LaneTask.Done<>(
              change,
              committed(
                  it,
                  target,
                  changed.groupNo(),
                  membersChanged(target.conversation(), changed),
                  events.apply(changed)));
        });
  }

  // Nobody is left who could be told.
  LaneTask.Done<MemberChange> delete(
      Connection connection, ConversationId conversation, Optional<UserId> actor)
      throws SQLException {
    return Database.inTransaction(
        connection,
        it -> {
          boolean isActing = actor.isEmpty() || Membership.isActing(it, conversation, actor.get());
          MemberChange change =
              isActing
                  ? Moderation.delete(it, node, conversation, actor)
                  : new MemberChange.Refused(Refusal.NOT_FOUND);
          return new LaneTask.Done<>(
              change,
              change instanceof MemberChange.Changed changed
                  ? List.of(
                      new Committed(
                          OptionalLong.of(changed.groupNo()),
                          List.of(membersChanged(conversation, changed))))
                  : List.of());
        });
  }

  private static Committed.Change membersChanged(
      ConversationId conversation, MemberChange.Changed changed) {
    return new Committed.MembersChanged(
        conversation, changed.revision(), changed.sequence(), changed.members());
  }

  // In parts, for each has rights of its own; who may not change one of them changes none.
  LaneTask.Done<SettingsChange.Result> settings(
      Connection connection, Target target, SettingsChange wanted) throws SQLException {
    return Database.inTransaction(
        connection,
        it -> {
          if (!Membership.isActing(it, target.conversation(), target.actor())) {
            return new LaneTask.Done<>(
                new SettingsChange.Result.Refused(Refusal.NOT_FOUND), List.of());
          }
          List<Committed> committed = new ArrayList<>();
          Optional<SettingsChange.Result> told = Optional.empty();
          for (SqlWork<SettingsChange.Result> part : parts(target, wanted)) {
            SettingsChange.Result result = part.on(it);
            if (result instanceof SettingsChange.Result.Refused) {
              it.rollback();
              return new LaneTask.Done<>(result, List.of());
            }
            if (result instanceof SettingsChange.Result.Changed changed) {
              committed.addAll(committed(it, target, changed));
              told = Optional.of(changed);
            }
            told = told.or(() -> Optional.of(result));
          }
          return new LaneTask.Done<>(told.orElseThrow(), committed);
        });
  }

  private List<SqlWork<SettingsChange.Result>> parts(Target target, SettingsChange wanted) {
    ConversationId id = target.conversation();
    List<SqlWork<SettingsChange.Result>> parts = new ArrayList<>();
    wanted
        .joinable()
        .ifPresent(
            on -> parts.add(it -> GroupSettings.setJoinable(it, node, id, target.actor(), on)));
    wanted
        .watchersPost()
        .ifPresent(
            on -> parts.add(it -> GroupSettings.setWatchersPost(it, node, id, target.actor(), on)));
    if (!wanted.isOfRightsAlone()) {
      parts.add(it -> GroupSettings.change(it, node, id, target.actor(), wanted));
    }
    return parts;
  }

  // And the messages that tell of what everybody sees.
  private List<Committed> committed(
      Connection connection, Target target, SettingsChange.Result.Changed changed)
      throws SQLException {
    Committed.Change change =
        new Committed.SettingsChanged(
            changed.revision(),
            changed.membershipRevision(),
            changed.sequence(),
            changed.conversation());
    return committed(connection, target, changed.groupNo(), change, events(changed));
  }

  private static List<SystemEvent> events(SettingsChange.Result.Changed changed) {
    List<SystemEvent> events = new ArrayList<>();
    if (changed.renamed()) {
      events.add(new SystemEvent.Renamed(changed.conversation().name()));
    }
    if (changed.imageChanged()) {
      events.add(new SystemEvent.ImageChanged());
    }
    return events;
  }

  private List<Committed> committed(
      Connection connection,
      Target target,
      long groupNo,
      Committed.Change change,
      List<SystemEvent> events)
      throws SQLException {
    List<Committed.Change> changes = new ArrayList<>(List.of(change));
    for (SystemEvent event : events) {
      changes.add(messages.tell(connection, groupNo, target.conversation(), target.actor(), event));
    }
    return List.of(new Committed(OptionalLong.of(groupNo), changes));
  }
}

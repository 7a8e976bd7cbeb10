// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.History;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Rules;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Setting;
import tern.loadtest.history.Settings;

/// Whatever became of a conversation and its memberships was asked for, exactly so, by somebody who
/// was allowed to when it was taken: settings, roles, mutes and bans, joinings and removals.
final class RulingRule implements Rule {
  private static final long BEGINNING = 1;

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<String, List<Asked>> asked = Asked.of(history);
    Entries entries = Entries.of(history);
    for (Room room : truth.rooms()) {
      List<Asked> ofRoom = asked.getOrDefault(room.stored().conversation(), List.of());
      checkSettings(room, ofRoom, findings);
      for (String user : room.rights().users()) {
        checkMember(room, user, ofRoom, entries, findings);
      }
      for (Rules.Ban ban : room.stored().rules().bans()) {
        checkBan(room, ban, ofRoom, findings);
      }
    }
  }

  private static void checkSettings(Room room, List<Asked> asked, Findings findings) {
    Rights rights = room.rights();
    Optional<Settings> before = Optional.empty();
    for (Settings after : rights.settings().values()) {
      if (before.isPresent()) {
        Settings then = before.get();
        findings.check(
            Invariant.LEAKED,
            asked.stream().anyMatch(who -> leadsTo(who, then, after, rights)),
            "store: %s: nobody who may has asked for it: %s became %s",
            room.stored().conversation(),
            then,
            after);
      }
      before = Optional.of(after);
    }
  }

  private static boolean leadsTo(Asked who, Settings before, Settings after, Rights rights) {
    Map<String, String> wished = who.ruling().values();
    Map<String, String> become = new HashMap<>(before.values());
    become.putAll(wished);
    return who.ruling().kind() == Ruling.Kind.SETTINGS
        && become.equals(after.values())
        && !before.values().equals(after.values())
        && rights.mayHaveLedTo(who.at(), after.revision())
        && mayRule(rights.before(who.user(), after.revision()), wished.keySet());
  }

  private static boolean mayRule(Moment moment, Iterable<String> named) {
    return moment.isMember()
        && !moment.direct()
        && moment.role() >= Moment.needed(moment.settings(), named);
  }

  private static void checkMember(
      Room room, String user, List<Asked> asked, Entries entries, Findings findings) {
    MemberSeen before = new MemberSeen(user, 0, 0, true, 0);
    for (MemberSeen after : room.rights().memberships(user).values()) {
      if (after.revision() > BEGINNING) {
        findings.check(
            Invariant.LEAKED,
            isExplained(room.rights(), before, after, asked)
                || entries.explain(room, before, after),
            "store: %s: nobody who may has asked for it: %s became %s",
            room.stored().conversation(),
            before,
            after);
      }
      before = after;
    }
  }

  private static boolean isExplained(
      Rights rights, MemberSeen before, MemberSeen after, List<Asked> asked) {
    boolean isSilent = before.mutedUntilMs() == after.mutedUntilMs();
    if (after.removed() && asked.stream().anyMatch(who -> ends(who, after, rights))) {
      return true;
    }
    if (before.removed() != after.removed()) {
      return isSilent
          && asked.stream()
              .anyMatch(
                  who -> after.removed() ? removes(who, after, rights) : adds(who, after, rights));
    }
    if (before.role() != after.role()) {
      return isSilent
          && (inherits(rights, after, asked)
              || asked.stream().anyMatch(who -> promotes(who, after, rights)));
    }
    return !isSilent && asked.stream().anyMatch(who -> mutes(who, after, rights));
  }

  private static boolean adds(Asked who, MemberSeen after, Rights rights) {
    Moment actor = rights.before(who.user(), after.revision());
    return who.isOf(Ruling.Kind.ADD, after.user())
        && rights.mayHaveLedTo(who.at(), after.revision())
        && actor.isMember()
        && actor.reaches(Setting.ADD_ROLE)
        && !rights.isBanned(after.user(), after.revision());
  }

  private static boolean removes(Asked who, MemberSeen after, Rights rights) {
    Moment actor = rights.before(who.user(), after.revision());
    Moment gone = rights.before(after.user(), after.revision());
    boolean isOwnWish = who.user().equals(after.user()) && who.ruling().users().size() == 1;
    return rights.mayHaveLedTo(who.at(), after.revision())
        && ((who.isOf(Ruling.Kind.LEAVE, after.user()) && isOwnWish)
            || (who.isOf(Ruling.Kind.REMOVE, after.user())
                && (isOwnWish || actor.mayRemove(gone.role())))
            || (who.isOf(Ruling.Kind.BAN, after.user())
                && who.ruling().number(Ruling.UNTIL) > 0
                && actor.mayBan(gone.role(), false)));
  }

  /// Whoever owns a group ends everybody's membership by deleting it.
  private static boolean ends(Asked who, MemberSeen after, Rights rights) {
    return who.ruling().kind() == Ruling.Kind.END
        && rights.hasEndedAt(after.revision())
        && rights.mayHaveLedTo(who.at(), after.revision())
        && rights.before(who.user(), after.revision()).role() == Moment.OWNER;
  }

  private static boolean promotes(Asked who, MemberSeen after, Rights rights) {
    return who.isOf(Ruling.Kind.ROLE, after.user())
        && who.ruling().number(Ruling.ROLE) == after.role()
        && rights.mayHaveLedTo(who.at(), after.revision())
        && rights.before(who.user(), after.revision()).role() == Moment.OWNER;
  }

  /// The last owner's leaving makes another member owner.
  private static boolean inherits(Rights rights, MemberSeen after, List<Asked> asked) {
    return after.role() == Moment.OWNER
        && asked.stream()
            .anyMatch(
                who ->
                    who.isOf(Ruling.Kind.LEAVE, who.user())
                        && rights.before(who.user(), after.revision()).role() == Moment.OWNER
                        && !rights.at(who.user(), after.revision()).isMember());
  }

  private static boolean mutes(Asked who, MemberSeen after, Rights rights) {
    return who.isOf(Ruling.Kind.MUTE, after.user())
        && who.ruling().number(Ruling.UNTIL) == after.mutedUntilMs()
        && rights.mayHaveLedTo(who.at(), after.revision())
        && isAbove(
            rights.before(who.user(), after.revision()),
            rights.before(after.user(), after.revision()));
  }

  private static boolean isAbove(Moment actor, Moment other) {
    return actor.moderates() && other.role() < actor.role();
  }

  private static void checkBan(Room room, Rules.Ban ban, List<Asked> asked, Findings findings) {
    Rights rights = room.rights();
    // Whoever bans or lets in somebody sweeps away what has ended.
    boolean hasEnded =
        ban.untilMs() == 0
            && rights.bans(ban.user()).stream()
                .anyMatch(
                    earlier ->
                        earlier.at() < ban.at()
                            && earlier.untilMs() > 0
                            && earlier.untilMs() <= rights.latestMs(ban.at()));
    findings.check(
        Invariant.LEAKED,
        hasEnded
            || rights.hasEndedAt(ban.revision())
            || asked.stream()
                .anyMatch(
                    who ->
                        who.isOf(Ruling.Kind.BAN, ban.user())
                            && who.ruling().number(Ruling.UNTIL) == ban.untilMs()
                            && rights
                                .at(who.user(), ban.revision())
                                .mayBan(
                                    rights.at(ban.user(), ban.revision()).role(),
                                    ban.untilMs() == 0)),
        "store: %s: nobody who may has asked for %s",
        room.stored().conversation(),
        ban);
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Settings;

/// What was answered to a change of a conversation or its members is true: the revision holds just
/// this change, and is nobody else's answer; where nothing changed, it was so already.
final class RuledRule implements Rule {
  private record Key(String conversation, long revision) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<Key, Seen.Ruled> told = new HashMap<>();
    for (ClientLog client : history.clients()) {
      Map<Integer, Seen.RulingAsked> asked = new HashMap<>();
      for (Seen seen : client.seen()) {
        switch (seen) {
          case Seen.Opened _ -> asked.clear();
          case Seen.RulingAsked of -> asked.put(of.request(), of);
          case Seen.Ruled of -> {
            Room room = truth.room(of.ruling().conversation());
            check(client, of, asked.get(of.request()), room, findings);
            checkOnce(client, of, told, findings);
            checkBan(client, of, room, findings);
          }
          default -> {}
        }
      }
    }
  }

  private static void check(
      ClientLog client,
      Seen.Ruled ruled,
      Seen.@Nullable RulingAsked asked,
      Room room,
      Findings findings) {
    findings.check(
        Invariant.LOST,
        ruled.revision() == 0 || isKept(ruled.ruling(), ruled.revision(), room.rights()),
        "%s: ruled and lost: %s",
        client.client(),
        ruled);
    findings.check(
        Invariant.REFUSED,
        asked != null && (ruled.revision() > 0 || wasSo(asked.at(), ruled, client.user(), room)),
        "%s: something was to change, and yet %s",
        client.client(),
        ruled);
    for (Settings shown : ruled.settings()) {
      findings.check(
          Invariant.DIVERGED,
          shown.equals(room.rights().settings().get(shown.revision()))
              && shown.revision() >= ruled.revision(),
          "%s: %s, but the store held %s",
          client.client(),
          ruled,
          room.rights().settings().floorEntry(shown.revision()));
    }
  }

  private static boolean isKept(Ruling ruling, long revision, Rights rights) {
    return switch (ruling.kind()) {
      case SETTINGS ->
          Optional.ofNullable(rights.settings().get(revision))
              .filter(state -> state.values().entrySet().containsAll(ruling.values().entrySet()))
              .isPresent();
      case ROLE ->
          hasAny(ruling, revision, rights, state -> state.role() == ruling.number(Ruling.ROLE));
      case MUTE ->
          hasAny(
              ruling,
              revision,
              rights,
              state -> state.mutedUntilMs() == ruling.number(Ruling.UNTIL));
      case ADD -> hasAny(ruling, revision, rights, state -> !state.removed());
      case BAN, REMOVE, LEAVE -> hasAny(ruling, revision, rights, MemberSeen::removed);
      // They take no revision that is told.
      case INVITE, REVOKE, END -> false;
    };
  }

  private static boolean hasAny(
      Ruling ruling, long revision, Rights rights, Predicate<MemberSeen> isThat) {
    return ruling.users().stream()
        .flatMap(user -> Optional.ofNullable(rights.memberships(user).get(revision)).stream())
        .anyMatch(isThat);
  }

  /// Whether it was as wished without a change, at a moment between question and answer.
  private static boolean wasSo(long askedAt, Seen.Ruled ruled, String actor, Room room) {
    Rights rights = room.rights();
    boolean isOpen = room.stored().rules().audience().isOpen();
    Ruling ruling = ruled.ruling();
    long to = ruled.at();
    return switch (ruling.kind()) {
      case SETTINGS ->
          rights.couldBe(
              actor,
              askedAt,
              to,
              it -> it.settings().values().entrySet().containsAll(ruling.values().entrySet()));
      case ROLE ->
          all(
              ruling,
              user ->
                  rights.couldBe(user, askedAt, to, it -> it.role() == ruling.number(Ruling.ROLE)));
      case MUTE ->
          all(
              ruling,
              user ->
                  rights.couldBe(
                      user,
                      askedAt,
                      to,
                      // Who only watches is muted without a revision.
                      it ->
                          it.mutedUntilMs() == ruling.number(Ruling.UNTIL)
                              || (isOpen && !it.isMember())));
      case ADD -> all(ruling, user -> rights.couldBe(user, askedAt, to, Moment::isMember));
      case BAN ->
          ruling.number(Ruling.UNTIL) == 0
              || all(ruling, user -> rights.couldBe(user, askedAt, to, it -> !it.isMember()));
      case REMOVE, LEAVE ->
          all(ruling, user -> rights.couldBe(user, askedAt, to, it -> !it.isMember()));
      case END -> rights.couldHaveEnded(to);
      case INVITE, REVOKE -> true;
    };
  }

  private static boolean all(Ruling ruling, Predicate<String> isSo) {
    return ruling.users().stream().allMatch(isSo);
  }

  private static void checkOnce(
      ClientLog client, Seen.Ruled ruled, Map<Key, Seen.Ruled> told, Findings findings) {
    if (ruled.revision() > 0) {
      Seen.Ruled before = told.put(new Key(ruled.ruling().conversation(), ruled.revision()), ruled);
      findings.check(
          Invariant.DUPLICATED,
          before == null,
          "%s: two changes were told one revision: %s, and before %s",
          client.client(),
          ruled,
          before);
    }
  }

  /// A ban of who is no member takes no revision, but is kept all the same.
  private static void checkBan(ClientLog client, Seen.Ruled ruled, Room room, Findings findings) {
    long until = ruled.ruling().number(Ruling.UNTIL);
    if (ruled.ruling().kind() == Ruling.Kind.BAN && until > 0) {
      List<String> banned = ruled.ruling().users();
      findings.check(
          Invariant.LOST,
          room.stored().rules().bans().stream()
              .anyMatch(ban -> banned.contains(ban.user()) && ban.untilMs() == until),
          "%s: banned and lost: %s",
          client.client(),
          ruled);
    }
  }
}

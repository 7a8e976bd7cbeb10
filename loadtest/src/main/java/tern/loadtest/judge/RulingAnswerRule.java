// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.Optional;
import java.util.Set;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Setting;

/// Every change of a conversation or its members that somebody asks for is answered while the
/// session lasts, and refused only where rights may have lacked at a moment between question and
/// answer.
final class RulingAnswerRule implements Rule {
  /// The requests that are judged here.
  static final Set<String> REQUESTS =
      Set.of(
          "UPDATE_CONVERSATION",
          "SET_ROLE",
          "MUTE_MEMBER",
          "BAN_USER",
          "ADD_MEMBERS",
          "REMOVE_MEMBERS",
          "LEAVE_CONVERSATION",
          "CREATE_INVITATION",
          "REVOKE_INVITATION",
          "DELETE_CONVERSATION");

  private static final int MAX_INVITES = 50;

  // See Rights.
  private static final long CLOCKS_MS = 100;

  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (ClientLog client : history.clients()) {
      if (!client.outsider()) {
        check(client, truth, findings);
      }
    }
  }

  private static void check(ClientLog client, Truth truth, Findings findings) {
    Awaited<Seen.RulingAsked> awaited = new Awaited<>();
    for (Seen seen : client.seen()) {
      awaited.note(seen);
      switch (seen) {
        case Seen.RulingAsked asked -> awaited.ask(asked.request(), asked);
        case Seen.Ruled ruled -> awaited.answer(ruled.request());
        case Seen.Invited invited -> awaited.answer(invited.request());
        case Seen.RulingRefused refused -> {
          Optional<Seen.RulingAsked> asked = awaited.answer(refused.request());
          if (!Awaited.isForNow(refused.code())) {
            Room room = truth.room(refused.ruling().conversation());
            findings.check(
                Invariant.REFUSED,
                asked
                    .filter(
                        it ->
                            isOfGroupsOnly(refused, room)
                                || hasReason(
                                    client.user(), it.at(), refused, room.rights(), truth.said()))
                    .isPresent(),
                "%s: %s",
                client.client(),
                refused);
          }
        }
        default -> {}
      }
    }
    awaited.end(client, findings);
  }

  /// Into what is OPEN nobody is invited, and nobody joins by its key.
  private static boolean isOfGroupsOnly(Seen.RulingRefused refused, Room room) {
    Ruling ruling = refused.ruling();
    return refused.code().equals("FORBIDDEN")
        && room.stored().rules().audience().isOpen()
        && switch (ruling.kind()) {
          case INVITE, REVOKE -> true;
          case SETTINGS -> ruling.values().containsKey(Setting.JOINABLE.key());
          default -> false;
        };
  }

  private static boolean hasReason(
      String user, long from, Seen.RulingRefused refused, Rights rights, Said said) {
    long to = refused.at();
    return switch (refused.code()) {
      case "NOT_FOUND" -> rights.couldBe(user, from, to, it -> !it.isMember());
      case "FORBIDDEN" ->
          isForbidden(user, from, to, refused.ruling(), rights)
              || (refused.ruling().kind() == Ruling.Kind.ADD
                  && said.anyCouldBlock(refused.ruling().users(), user, from, to));
      case "INVALID_ARGUMENT" -> isInvalid(from, to, refused.ruling(), rights);
      case "LIMIT_REACHED" ->
          refused.ruling().kind() == Ruling.Kind.INVITE && rights.invites().size() >= MAX_INVITES;
      default -> false;
    };
  }

  private static boolean isForbidden(
      String user, long from, long to, Ruling ruling, Rights rights) {
    boolean couldBeLow = rights.couldBe(user, from, to, it -> it.direct() || !suffices(it, ruling));
    return couldBeLow
        || switch (ruling.kind()) {
          case SETTINGS -> false;
          // The last owner stays one.
          case ROLE ->
              ruling.number(Ruling.ROLE) < Moment.OWNER
                  && anyCouldReach(Moment.OWNER, from, to, ruling, rights);
          case MUTE -> isOutranked(user, from, to, ruling, rights);
          case BAN ->
              isOutranked(user, from, to, ruling, rights)
                  || wouldRemove(user, from, to, ruling, rights);
          case ADD ->
              ruling.users().stream().anyMatch(added -> rights.couldBeBanned(added, from, to));
          case REMOVE ->
              anyCouldReach(Moment.OWNER, from, to, ruling, rights)
                  || (rights.couldBe(user, from, to, it -> !it.moderates())
                      && anyCouldReach(Moment.MODERATOR, from, to, ruling, rights));
          case LEAVE, INVITE, REVOKE, END -> false;
        };
  }

  private static boolean suffices(Moment moment, Ruling ruling) {
    return switch (ruling.kind()) {
      case SETTINGS -> moment.role() >= Moment.needed(moment.settings(), ruling.values().keySet());
      case ROLE, END -> moment.role() == Moment.OWNER;
      case MUTE, BAN, INVITE, REVOKE -> moment.moderates();
      case REMOVE -> moment.reaches(Setting.REMOVE_ROLE);
      case ADD -> moment.reaches(Setting.ADD_ROLE);
      case LEAVE -> true;
    };
  }

  private static boolean anyCouldReach(int role, long from, long to, Ruling ruling, Rights rights) {
    return ruling.users().stream()
        .anyMatch(other -> rights.couldBe(other, from, to, it -> it.role() >= role));
  }

  /// Whether the other may have had at least the role of whoever asked.
  private static boolean isOutranked(
      String user, long from, long to, Ruling ruling, Rights rights) {
    for (int role = Moment.MODERATOR; role <= Moment.OWNER; role++) {
      int mine = role;
      if (rights.couldBe(user, from, to, it -> it.role() == mine)
          && anyCouldReach(mine, from, to, ruling, rights)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the ban may have been of a member, whom who asked may not have been let remove.
  private static boolean wouldRemove(
      String user, long from, long to, Ruling ruling, Rights rights) {
    return ruling.number(Ruling.UNTIL) > 0
        && rights.couldBe(user, from, to, it -> !it.reaches(Setting.REMOVE_ROLE))
        && anyCouldReach(1, from, to, ruling, rights);
  }

  private static boolean isInvalid(long from, long to, Ruling ruling, Rights rights) {
    long until = ruling.number(Ruling.UNTIL);
    boolean isPast = until > 0 && until <= rights.ms(to) + CLOCKS_MS;
    boolean couldBeNobody =
        ruling.users().stream()
            .anyMatch(other -> rights.couldBe(other, from, to, it -> !it.isMember()));
    return switch (ruling.kind()) {
      case ROLE -> couldBeNobody;
      case MUTE -> couldBeNobody || isPast;
      case BAN -> isPast;
      default -> false;
    };
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Seen;

/// Every message ends accepted, or refused for a reason that the history knows: a stranger's, a
/// former member's, or that the sender might not post. A message that is in the store is never
/// refused, and no other error is owed to anybody.
final class AnswerRule implements Rule {
  private static final String NOT_FOUND = "NOT_FOUND";
  // See ChangeAnswerRule.
  private static final Set<String> CHANGES =
      Set.of("EDIT_MESSAGE", "DELETE_MESSAGE", "SET_REACTION", "PIN_MESSAGE");

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<String, Long> accepted = accepted(history);
    for (ClientLog client : history.clients()) {
      if (!client.outsider()) {
        check(client, accepted, truth, findings);
      }
    }
  }

  private static Map<String, Long> accepted(History history) {
    Map<String, Long> accepted = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.Accepted of) {
          accepted.merge(of.clientMessageId(), of.at(), Math::min);
        }
      }
    }
    return accepted;
  }

  private static void check(
      ClientLog client, Map<String, Long> accepted, Truth truth, Findings findings) {
    Map<String, Seen.Sent> open = new HashMap<>();
    // When each was first sent in this session: any of its repeats may be the one that is answered.
    Map<String, Long> since = new HashMap<>();
    Set<String> told = new HashSet<>();
    for (Seen seen : client.seen()) {
      switch (seen) {
        case Seen.Opened _ -> since.clear();
        case Seen.Sent sent -> {
          open.put(sent.clientMessageId(), sent);
          since.putIfAbsent(sent.clientMessageId(), sent.at());
        }
        case Seen.Accepted answer -> {
          open.remove(answer.clientMessageId());
          told.add(answer.clientMessageId());
        }
        // What was accepted is not sent again, only because a repeat came at a bad moment.
        case Seen.Refused refused
            when Awaited.isForNow(refused.code()) && told.contains(refused.clientMessageId()) ->
            open.remove(refused.clientMessageId());
        case Seen.Refused refused
            when !Awaited.isForNow(refused.code()) && !isJudgedElsewhere(refused.request()) -> {
          long from = since.getOrDefault(refused.clientMessageId(), 0L);
          checkRefused(client, refused, from, truth.room(refused.conversation()), findings);
          Optional.ofNullable(open.remove(refused.clientMessageId()))
              .ifPresent(sent -> checkNew(client, refused, sent, accepted, truth, findings));
        }
        default -> {}
      }
    }
    findings.check(
        Invariant.REFUSED,
        open.isEmpty(),
        "%s: no answer to the end: %s",
        client.client(),
        open.values());
  }

  /// A repeat is answered before rights are looked at, as long as the message lives.
  private static void checkNew(
      ClientLog client,
      Seen.Refused refused,
      Seen.Sent sent,
      Map<String, Long> accepted,
      Truth truth,
      Findings findings) {
    Rights rights = truth.room(refused.conversation()).rights();
    boolean isGone = refused.code().equals(NOT_FOUND) && rights.couldHaveEnded(refused.at());
    findings.check(
        Invariant.REFUSED,
        isGone || accepted.getOrDefault(sent.clientMessageId(), Long.MAX_VALUE) > sent.at(),
        "%s: accepted before, and yet %s",
        client.client(),
        refused);
  }

  private static void checkRefused(
      ClientLog client, Seen.Refused refused, long from, Room room, Findings findings) {
    List<Stay> stays = room.stays(client.user());
    boolean alwaysMember = stays.size() == 1 && stays.getFirst().lasts() && isFounder(stays);
    findings.check(
        Invariant.REFUSED,
        (refused.code().equals(NOT_FOUND) && !alwaysMember)
            || isBarred(client, refused, from, room),
        "%s: %s",
        client.client(),
        refused);
  }

  private static boolean isBarred(ClientLog client, Seen.Refused refused, long from, Room room) {
    return refused.code().equals("FORBIDDEN")
        && refused.request().equals("SEND_MESSAGE")
        && (room.rights().couldBeBarred(client.user(), from, refused.at())
            || room.couldOnlyWatch(client, from, refused.at()));
  }

  private static boolean isJudgedElsewhere(String request) {
    return CHANGES.contains(request)
        || RulingAnswerRule.REQUESTS.contains(request)
        || request.equals(ForwardRule.REQUEST)
        || request.equals(EntryRule.REQUEST)
        || request.equals(ConsentRule.REQUEST)
        || request.equals(PressRule.REQUEST);
  }

  /// Who joined later may have been refused before that.
  private static boolean isFounder(List<Stay> stays) {
    return stays.getFirst().joined() <= 1;
  }
}

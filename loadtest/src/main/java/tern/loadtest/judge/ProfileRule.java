// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.ProfileSeen;
import tern.loadtest.history.Seen;

/// A profile is what its user last made of it: nobody else changes it, what was answered is kept,
/// and in the end whoever shares a conversation with them is shown the newest, and nobody else any.
final class ProfileRule implements Rule {
  private record Wish(long at, Map<String, String> parts) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    checkKept(history, truth.said(), findings);
    Acquaintances acquaintances = new Acquaintances(truth);
    for (ClientLog client : history.clients()) {
      check(client, acquaintances, truth.said(), findings);
    }
  }

  private static void check(
      ClientLog client, Acquaintances acquaintances, Said said, Findings findings) {
    boolean isQuiet = false;
    Map<Integer, Map<String, String>> asked = new HashMap<>();
    for (Seen seen : client.seen()) {
      isQuiet |= seen instanceof Seen.Quiet;
      switch (seen) {
        case Seen.Opened _ -> asked.clear();
        case Seen.ProfileAsked of -> asked.put(of.request(), of.parts());
        case Seen.ProfilesShown of -> {
          check(client, of, acquaintances, said, findings);
          Optional.ofNullable(asked.remove(of.request()))
              .ifPresent(parts -> checkAnswer(client, of, parts, said, findings));
          if (isQuiet) {
            checkNewest(client, of, acquaintances, said, findings);
          }
        }
        default -> {}
      }
    }
  }

  private static void checkKept(History history, Said said, Findings findings) {
    Map<String, List<Wish>> wishes = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.ProfileAsked of) {
          wishes
              .computeIfAbsent(client.user(), _ -> new ArrayList<>())
              .add(new Wish(of.at(), of.parts()));
        }
      }
    }
    for (String user : said.shown()) {
      Map<String, String> before = Map.of();
      for (ProfileSeen after : said.profiles(user)) {
        Map<String, String> then = before;
        findings.check(
            Invariant.LEAKED,
            wishes.getOrDefault(user, List.of()).stream()
                .anyMatch(
                    wish ->
                        wish.at() <= after.at() + Rights.CLOCKS
                            && leadsTo(then, wish.parts(), after.parts())),
            "store: its user did not ask for it: %s became %s",
            then,
            after);
        before = after.parts();
      }
    }
  }

  // Of a new profile, what was not wished for is empty in one way or another.
  private static boolean leadsTo(
      Map<String, String> before, Map<String, String> wished, Map<String, String> after) {
    Map<String, String> become = new TreeMap<>(before.isEmpty() ? after : before);
    become.putAll(wished);
    return become.equals(after);
  }

  /// What is shown is a state that was, of somebody whom the client may know.
  private static void check(
      ClientLog client,
      Seen.ProfilesShown shown,
      Acquaintances acquaintances,
      Said said,
      Findings findings) {
    for (ProfileSeen profile : shown.profiles()) {
      findings.check(
          Invariant.DIVERGED,
          said.profiles(profile.user()).stream().anyMatch(profile::sameAs),
          "%s: was shown %s, which never was",
          client.client(),
          profile);
      findings.check(
          Invariant.LEAKED,
          acquaintances.everMet(client.user(), profile.user()),
          "%s: shares nothing with them, and was shown %s",
          client.client(),
          profile);
    }
  }

  /// The answer to a change holds what was wished for.
  private static void checkAnswer(
      ClientLog client,
      Seen.ProfilesShown shown,
      Map<String, String> parts,
      Said said,
      Findings findings) {
    findings.check(
        Invariant.LOST,
        shown.profiles().size() == 1
            && shown.profiles().getFirst().user().equals(client.user())
            && shown.profiles().getFirst().parts().entrySet().containsAll(parts.entrySet())
            && said.profiles(client.user()).stream().anyMatch(shown.profiles().getFirst()::sameAs),
        "%s: changed and lost: %s, in answer to %s",
        client.client(),
        shown,
        parts);
  }

  private static void checkNewest(
      ClientLog client,
      Seen.ProfilesShown shown,
      Acquaintances acquaintances,
      Said said,
      Findings findings) {
    for (String user : shown.asked()) {
      Optional<ProfileSeen> owed =
          acquaintances.know(client.user(), user) ? said.profile(user) : Optional.empty();
      Optional<ProfileSeen> told =
          shown.profiles().stream().filter(it -> it.user().equals(user)).findFirst();
      findings.check(
          owed.isEmpty() ? Invariant.LEAKED : Invariant.DIVERGED,
          owed.isPresent() == told.isPresent()
              && owed.map(it -> it.sameAs(told.orElseThrow())).orElse(true),
          "%s: is shown %s in the end (expected: %s)",
          client.client(),
          told,
          owed);
    }
  }
}

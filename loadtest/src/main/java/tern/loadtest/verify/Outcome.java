// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Life;
import tern.loadtest.history.Seen;
import tern.loadtest.judge.Invariant;
import tern.loadtest.judge.Verdict;
import tern.loadtest.report.Report;

/// What is told of a run: each invariant with its count, and how much happened.
record Outcome(History history, Verdict verdict, Tally tally, int kills, VerifySettings settings) {
  private static final long LEAST_LIVE = 500;
  private static final long LEAST_OWED_PER_SECOND = 3;

  void print(PrintStream out) {
    out.println();
    for (Verdict.Line line : verdict.lines()) {
      out.printf(
          "  %-12s %6d broken of %,10d checked   %s%n",
          line.invariant().key(), line.broken(), line.checked(), line.invariant().sentence());
      for (String sample : line.samples()) {
        out.println("      " + sample);
      }
    }
    out.println();
    report().print(out);
    out.println();
  }

  Report report() {
    Report report = new Report();
    addMessages(report);
    addRest(report);
    addPushes(report);
    for (Verdict.Line line : verdict.lines()) {
      report.addQuietly(line.invariant().key(), line.broken());
      report.addQuietly("checked." + line.invariant().key(), line.checked());
    }
    // Some may be: the invariant counts those beyond.
    report.addQuietly("push_repeated", verdict.pushes().repeated());
    tally.all().forEach((name, count) -> report.addQuietly("counts." + name, count));
    return report;
  }

  private void addPushes(Report report) {
    if (hasPushes()) {
      Verdict.Pushes pushes = verdict.pushes();
      report
          .add("pushes", "pushes", pushes.banners())
          .add("push_clears", "pushes that took banners away", pushes.clears())
          .add("push_owed", "pushes that were owed", checked(Invariant.PUSH_MISSING))
          .add("push_repeated", "pushes repeated", pushes.repeated())
          .add("push_in_flight_at_kills", "pushes on their way at kills", pushes.inFlight())
          .add(
              "acknowledged_before_kills",
              "acknowledged or read within 1 s before kills",
              pushes.unkept())
          .add("kills_with_pushes", "kills with pushes on their way", pushes.hits());
    }
  }

  private boolean hasPushes() {
    return !history.pushes().phones().isEmpty();
  }

  private long checked(Invariant invariant) {
    return verdict.line(invariant).checked();
  }

  private void addMessages(Report report) {
    report
        .add("acknowledged", "accepted messages", acknowledged())
        .add("resends", "resends", tally.get("resends"))
        .add("catch_ups", "catch-ups", tally.get("catch_ups"))
        .add("joins", "joins", tally.get("joins"))
        .add("leaves", "leaves", tally.get("leaves"))
        .add("edits", "edits", tally.get("changed_edit"))
        .add("edits_again", "edits asked for again", tally.get("asked_again_edit"))
        .add("edits_in_conflict", "edits in conflict", tally.get("refused_edit_CONFLICT"))
        .add("deletions", "deletions", tally.get("changed_delete"))
        .add("reactions", "reactions set or taken back", tally.get("changed_react"))
        .add("reactions_again", "reactions asked for again", tally.get("asked_again_react"))
        .add("pins", "pins set or taken away", tally.get("changed_pin"))
        .add("forbidden", "changes forbidden", forbidden("FORBIDDEN"))
        .add("hidden", "changes of what cannot be seen", forbidden("NOT_FOUND"));
  }

  private void addRest(Report report) {
    report
        .add("settings", "settings changed", tally.get("ruled_settings"))
        .add("roles", "roles given", tally.get("ruled_role"))
        .add("mutes", "mutes and their ends", tally.get("ruled_mute"))
        .add("bans", "bans that removed somebody", tally.get("ruled_ban"))
        .add("silenced", "messages refused by right", tally.get("silenced"))
        .add("joined_by_key", "answers to joining by key", tally.get("joined_by_key"))
        .add("joined_by_token", "answers to joining by invitation", tally.get("joined_by_token"))
        .add("turned_away", "wishes to join turned away", tally.get("turned_away"))
        .add("invited", "invitations made", tally.get("invited"))
        .add("revoked", "invitations revoked", tally.get("revoked"))
        .add("ended", "groups deleted", tally.get("ended"))
        .add("blocked", "users blocked", tally.get("blocked"))
        .add("unblocked", "blocks taken back", tally.get("unblocked"))
        .add("users_muted", "users muted", tally.get("users_muted"))
        .add("profiles", "profiles changed", tally.get("profiles_changed"))
        .add("arranged", "lists arranged", arranged())
        .add("cleared", "histories cleared", tally.get("cleared"))
        .add("forwarded", "messages forwarded", tally.get("forwarded"))
        .add("pressed", "buttons pressed", tally.get("pressed"))
        .add("rest_accepted", "messages accepted over REST", tally.get("rest_accepted"))
        .add("rest_again", "repeats accepted over REST", tally.get("rest_again"))
        .add("watches", "watches begun", tally.get("watches"))
        .add("watches_resumed", "watches resumed", tally.get("watches_resumed"))
        .add("watched", "steps watched", tally.get("watched"))
        .add("sent_away", "watchers sent away", tally.get("sent_away"))
        .add("live", "live steps", tally.get("live"))
        .add("live_share", "arrived live without faults", 100 * verdict.live().share(), "%")
        .add("live_owed", "that had to", verdict.live().owed())
        .add("groups", "groups committed between faults", sampled(true))
        .add("fsyncs", "fsyncs of the log between faults", sampled(false))
        .add("witnessed", "accepted and looked up at once", history.witnessed().size())
        .add("clients", "clients", history.clients().size())
        .add("conversations", "conversations", history.conversations().size())
        .add("kills", "kills", kills)
        .add("seed", "seed", settings.seed());
  }

  /// What fell short of the least that makes a run worth its verdict.
  List<String> lacking() {
    List<String> lacking =
        new ArrayList<>(new Quota(settings.duration(), settings.clients()).lacking(tally));
    if (verdict.live().owed() < LEAST_LIVE) {
      lacking.add(
          "messages that had to arrive live: %d (expected: >= %d; in a longer run or with fewer kills)"
              .formatted(verdict.live().owed(), LEAST_LIVE));
    }
    if (hasPushes()) {
      lackPushes(lacking);
    }
    if (sampled(true) == 0) {
      lacking.add("groups committed: none seen (expected: some between two faults)");
    }
    return lacking;
  }

  private void lackPushes(List<String> lacking) {
    long owed = checked(Invariant.PUSH_MISSING);
    long least = settings.duration().toSeconds() * LEAST_OWED_PER_SECOND;
    if (owed < least) {
      lacking.add("pushes owed: %d (expected: >= %d)".formatted(owed, least));
    }
    long hits = verdict.pushes().hits();
    if (3 * hits < 2L * kills) {
      lacking.add("kills with pushes on their way: %d of %d".formatted(hits, kills));
    }
  }

  private long arranged() {
    return tally.all().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("arranged_"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private long forbidden(String code) {
    return Stream.of("edit", "delete", "react", "pin")
        .mapToLong(kind -> tally.get("refused_" + kind + "_" + code))
        .sum();
  }

  private long acknowledged() {
    Set<List<String>> messages = new HashSet<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.Accepted accepted) {
          messages.add(List.of(accepted.conversation(), accepted.clientMessageId()));
        }
      }
    }
    return messages.size();
  }

  private long sampled(boolean groups) {
    long sum = 0;
    for (Life life : history.lives()) {
      if (life.samples().size() > 1) {
        Life.Sample first = life.samples().getFirst();
        Life.Sample last = life.samples().getLast();
        sum += groups ? last.groups() - first.groups() : last.fsyncs() - first.fsyncs();
      }
    }
    return sum;
  }
}

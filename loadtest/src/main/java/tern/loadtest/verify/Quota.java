// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The least of each act that makes a run of this duration worth its verdict, by how many act.
record Quota(Duration duration, int clients) {
  // For so many it is written down.
  private static final double CLIENTS = 200;
  private static final Map<String, Long> LEAST_PER_MINUTE =
      Map.ofEntries(
          Map.entry("resends", 1_000L),
          Map.entry("catch_ups", 1_000L),
          Map.entry("joins", 200L),
          Map.entry("leaves", 200L),
          Map.entry("changed_edit", 300L),
          Map.entry("changed_delete", 150L),
          Map.entry("changed_react", 300L),
          Map.entry("changed_pin", 150L),
          Map.entry("asked_again_edit", 100L),
          Map.entry("asked_again_react", 100L),
          Map.entry("ruled_settings", 15L),
          Map.entry("ruled_role", 5L),
          Map.entry("ruled_mute", 3L),
          Map.entry("ruled_ban", 3L),
          Map.entry("joined_by_key", 15L),
          Map.entry("joined_by_token", 4L),
          Map.entry("turned_away", 30L),
          Map.entry("invited", 6L),
          Map.entry("ended", 4L),
          Map.entry("blocked", 9L),
          Map.entry("profiles_changed", 9L),
          Map.entry("arranged_archive", 50L),
          Map.entry("arranged_hide", 15L),
          Map.entry("forwarded", 20L),
          Map.entry("pressed", 20L),
          Map.entry("mentions", 200L),
          Map.entry("flagged", 200L),
          Map.entry("replies", 200L),
          Map.entry("with_metadata", 200L),
          Map.entry("custom", 100L),
          Map.entry("rest_accepted", 60L),
          Map.entry("rest_again", 60L),
          Map.entry("watched", 150L),
          Map.entry("watches", 15L),
          Map.entry("watches_resumed", 8L),
          Map.entry("unwatched", 6L),
          Map.entry("listed", 2L),
          Map.entry("sent_away", 1L));

  /// What has fallen short of it so far, in words; empty when enough of everything has happened.
  List<String> lacking(Tally tally) {
    List<String> lacking = new ArrayList<>();
    double minutes = duration.toMillis() / 60_000.0 * clients / CLIENTS;
    LEAST_PER_MINUTE.forEach(
        (name, least) -> {
          long expected = Math.round(least * minutes);
          if (tally.get(name) < expected) {
            lacking.add(name + ": " + tally.get(name) + " (expected: >= " + expected + ")");
          }
        });
    return lacking;
  }
}

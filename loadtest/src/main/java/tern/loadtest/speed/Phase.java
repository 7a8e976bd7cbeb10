// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import tern.loadtest.report.Report;

/// How fast a room and a small chat beside it were while something went on.
///
/// @param name of what went on, as JSON has it
/// @param label as people read it
record Phase(String name, String label, double seconds, Times room, Times chat) {
  /// From sending to receiving, in milliseconds.
  record Times(long deliveries, double median, double p99) {
    static Times of(Figures figures) {
      return new Times(figures.deliveries(), figures.endToEndMs(50), figures.endToEndMs(99));
    }

    private void tell(Report report, String key, String label, Times undisturbed) {
      report
          .addQuietly(key + ".deliveries", deliveries)
          .add(key + ".p50", label + " p50", told(median, undisturbed.median))
          .add(key + ".p99", label + " p99", told(p99, undisturbed.p99));
    }

    private static String told(double millis, double undisturbed) {
      return "%,.1f ms (x %.2f)".formatted(millis, millis / Math.max(0.001, undisturbed));
    }
  }

  /// Tells it beside what was undisturbed.
  void tell(Report report, Phase undisturbed) {
    report.add("phases." + name + ".seconds", label, seconds, "s");
    room.tell(report, "phases." + name + ".room_ms", label + ": to watchers", undisturbed.room);
    chat.tell(report, "phases." + name + ".chat_ms", label + ": small chat", undisturbed.chat);
  }
}

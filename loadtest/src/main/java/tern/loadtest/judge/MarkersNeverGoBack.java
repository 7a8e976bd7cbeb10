// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.MarkerSeen;
import tern.loadtest.history.Seen;

/// Within a session a member's read marker only grows, from one receipt to the next. A page of
/// catch-up may have been read before a receipt that overtook it; `delivered` may fall back by the
/// second that a crash costs. One's own goes back where one marked messages as unread; the others
/// see nothing of that.
final class MarkersNeverGoBack {
  private record Of(String conversation, String user) {}

  private MarkersNeverGoBack() {}

  static void check(ClientLog client, ReadMarkers marks, Truth truth, Findings findings) {
    Map<Of, MarkerSeen> shown = new HashMap<>();
    for (Seen seen : client.seen()) {
      switch (seen) {
        case Seen.Opened _ -> shown.clear();
        case Seen.Markers of -> {
          boolean reopened = marks.reopened(of.conversation());
          List<MarkerSeen> markers =
              of.markers().stream()
                  .filter(marker -> !reopened || !marker.user().equals(client.user()))
                  .toList();
          check(client, of.conversation(), markers, shown, truth, findings);
        }
        default -> {}
      }
    }
  }

  private static void check(
      ClientLog client,
      String conversation,
      List<MarkerSeen> markers,
      Map<Of, MarkerSeen> shown,
      Truth truth,
      Findings findings) {
    Room room = truth.room(conversation);
    for (MarkerSeen marker : markers) {
      MarkerSeen before = shown.put(new Of(conversation, marker.user()), marker);
      // Who came back begins anew.
      boolean isFirstStay = room.stays(marker.user()).size() == 1;
      findings.check(
          Invariant.MISCOUNTED,
          !isFirstStay || before == null || before.read() <= marker.read(),
          "%s: the read marker of %s went back to %s",
          client.client(),
          before,
          marker);
    }
  }
}

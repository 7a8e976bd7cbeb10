// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.InboxLine;
import tern.loadtest.history.Seen;

/// The views of one client, folded from what it was shown as a careful app would: a conversation
/// that it is told to be removed from is forgotten, and so is the catch-up that still runs for it.
final class Views {
  private final String user;
  private final Map<String, View> views = new HashMap<>();
  // The conversation of each catch-up that runs.
  private final Map<Integer, String> catchUps = new HashMap<>();

  Views(String user) {
    this.user = user;
  }

  Optional<View> of(String conversation) {
    return Optional.ofNullable(views.get(conversation));
  }

  void apply(Seen seen) {
    switch (seen) {
      case Seen.Opened _ -> catchUps.clear();
      case Seen.CatchUpAsked asked -> catchUps.put(asked.request(), asked.conversation());
      case Seen.Live live ->
          of(live.step().conversation()).ifPresent(view -> view.applyLive(live.step()));
      case Seen.CatchUpPage page when catchUps.containsKey(page.request()) -> show(page);
      case Seen.Inbox inbox -> {
        for (InboxLine line : inbox.lines()) {
          if (line.removed()) {
            forget(line.conversation());
          }
        }
      }
      case Seen.Refused refused
          when refused.request().equals("CATCH_UP") && refused.code().equals("NOT_FOUND") ->
          forget(refused.conversation());
      default -> {}
    }
  }

  private void show(Seen.CatchUpPage page) {
    String conversation = page.step().conversation();
    View view = views.get(conversation);
    boolean isReset = !page.reset().isEmpty();
    if (view == null && isReset) {
      views.put(conversation, new View(user, page.step()));
    } else if (view != null && isReset) {
      view.reset(page.step());
    } else if (view != null) {
      view.applyPage(page.step());
    }
  }

  private void forget(String conversation) {
    views.remove(conversation);
    catchUps.values().removeIf(conversation::equals);
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.PhoneLog;
import tern.loadtest.history.PhoneSeen;
import tern.loadtest.history.PhoneWish;

/// One phone's log, each request with its answer, and when somebody surely looked at it.
record PhoneStory(
    String user, String device, List<Deed> deeds, List<Mark> marks, List<Look> looks) {
  /// Something that was asked for, and when it was answered: never is the end of time.
  record Deed(long asked, long answered, PhoneWish wish) {}

  /// It knew of everything up to a sequence, and may have been looked at.
  ///
  /// @param registered whether somebody was to be pushed to there: else the server keeps no mark
  record Mark(long at, String conversation, long sequence, boolean registered) {}

  /// Somebody surely looked.
  record Look(long from, long to) {}

  static PhoneStory of(PhoneLog log) {
    Reader reader = new Reader();
    log.seen().forEach(reader::read);
    return reader.story(log);
  }

  /// Whose it is, and which.
  String name() {
    return user + "/" + device;
  }

  /// Whether somebody surely looked all the time between.
  boolean isInUse(long from, long to) {
    return looks.stream().anyMatch(look -> look.from() <= from && look.to() >= to);
  }

  private static final class Reader {
    private final List<Deed> deeds = new ArrayList<>();
    private final Map<Long, Integer> open = new HashMap<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private boolean mayLook;
    private boolean isRegistered;
    private long looksSince = Long.MAX_VALUE;

    void read(PhoneSeen seen) {
      switch (seen) {
        case PhoneSeen.Greeted greeted -> mayLook = greeted.looking();
        case PhoneSeen.Came came -> looksSince = mayLook ? came.at() : Long.MAX_VALUE;
        case PhoneSeen.Gone gone -> looksAway(gone.at());
        case PhoneSeen.Asked asked -> ask(asked);
        case PhoneSeen.Answered answered -> answer(answered);
        case PhoneSeen.Acknowledged it -> {
          // Requests about that are worked off in their order.
          if (mayLook) {
            marks.add(new Mark(it.at(), it.conversation(), it.sequence(), isRegistered));
          }
        }
      }
    }

    private void ask(PhoneSeen.Asked asked) {
      open.put(asked.request(), deeds.size());
      deeds.add(new Deed(asked.at(), Long.MAX_VALUE, asked.wish()));
      switch (asked.wish()) {
        case PhoneWish.Register _ -> isRegistered = true;
        case PhoneWish.Forget _ -> isRegistered = false;
        case PhoneWish.Look(boolean looking) -> look(looking, asked.at());
        default -> {}
      }
    }

    private void look(boolean looking, long at) {
      mayLook = looking;
      if (!looking) {
        looksAway(at);
      }
    }

    private void answer(PhoneSeen.Answered answered) {
      Integer at = open.remove(answered.request());
      if (at == null) {
        return;
      }
      Deed deed = deeds.get(at);
      deeds.set(at, new Deed(deed.asked(), answered.at(), deed.wish()));
      boolean looks = deed.wish() instanceof PhoneWish.Look(boolean looking) && looking;
      if (looks && mayLook) {
        looksSince = Math.min(looksSince, answered.at());
      }
    }

    private void looksAway(long at) {
      if (looksSince < at) {
        looks.add(new Look(looksSince, at));
      }
      looksSince = Long.MAX_VALUE;
    }

    PhoneStory story(PhoneLog log) {
      looksAway(Long.MAX_VALUE);
      return new PhoneStory(
          log.user(), log.device(), List.copyOf(deeds), List.copyOf(marks), List.copyOf(looks));
    }
  }
}

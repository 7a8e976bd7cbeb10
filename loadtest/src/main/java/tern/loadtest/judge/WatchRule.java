// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Step;

/// Who may watch a conversation is let in, and nobody else; from then on sees step upon step, from
/// the position asked for or from a page on, until the watch ends; and at the end has what the
/// store holds. Who is no member has no list and no unread messages.
final class WatchRule implements Rule {
  // How long it may take until somebody is sent away who may watch no more, and a look more.
  private static final long SENT_AWAY_BY = 6_000_000_000L;
  // What was told of a watch may have been overtaken on its way.
  private static final long LATELY = 3_000_000_000L;
  // A node keeps so many changes for those who read slowly.
  private static final long KEPT = 128;
  private static final int NEWEST = 50;
  private static final int LARGEST_PAGE = 100;
  private static final long MAX_CHANGES_BEHIND = 1_000;

  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (ClientLog client : history.clients()) {
      new Watcher(client, truth, findings).check();
    }
  }

  /// A watch that lasts: what was asked for, and the revision up to which all was shown.
  private static final class Watch {
    private final Seen.WatchAsked asked;
    private boolean isPageDue;
    private long position;

    Watch(Seen.WatchAsked asked, boolean isPageDue) {
      this.asked = asked;
      this.isPageDue = isPageDue;
      this.position = asked.revision();
    }
  }

  /// What one client watches, as its log goes by.
  private static final class Watcher {
    private final ClientLog client;
    private final Truth truth;
    private final Findings findings;
    private final Awaited<Seen.WatchAsked> awaited = new Awaited<>();
    private final Awaited<Seen.UnwatchAsked> ends = new Awaited<>();
    private final Map<String, Watch> watches = new HashMap<>();
    // What an app would show of each, watched at the moment or not.
    private final Map<String, View> views = new HashMap<>();
    private String epoch = "";

    Watcher(ClientLog client, Truth truth, Findings findings) {
      this.client = client;
      this.truth = truth;
      this.findings = findings;
    }

    void check() {
      boolean isQuiet = false;
      for (Seen seen : client.seen()) {
        isQuiet |= seen instanceof Seen.Quiet;
        awaited.note(seen);
        ends.note(seen);
        take(seen);
      }
      awaited.end(client, findings);
      ends.end(client, findings);
      if (isQuiet) {
        watches.forEach(this::checkView);
      }
    }

    private void take(Seen seen) {
      switch (seen) {
        case Seen.Opened of -> {
          epoch = of.epoch();
          watches.clear();
        }
        case Seen.Closed _ -> watches.clear();
        case Seen.WatchAsked of -> awaited.ask(of.request(), of);
        case Seen.WatchBegun of -> begin(of, awaited.answer(of.request()));
        case Seen.WatchRefused of -> checkRefused(of, awaited.answer(of.request()));
        case Seen.UnwatchAsked of -> ends.ask(of.request(), of);
        case Seen.Unwatched of -> end(of);
        case Seen.WatchedPage of -> take(of);
        case Seen.Watched of -> take(of);
        case Seen.Inbox of when client.outsider() ->
            findings.check(
                Invariant.MISCOUNTED,
                of.lines().isEmpty() && of.badge() == 0,
                "%s: is a member of nothing, and yet %s",
                client.client(),
                of);
        default -> {}
      }
    }

    private void begin(Seen.WatchBegun begun, Optional<Seen.WatchAsked> asked) {
      findings.check(
          Invariant.REFUSED,
          asked.filter(it -> it.conversation().equals(begun.conversation())).isPresent(),
          "%s: asked %s and was answered %s",
          client.client(),
          asked,
          begun);
      asked.ifPresent(it -> begin(begun, it));
    }

    private void begin(Seen.WatchBegun begun, Seen.WatchAsked asked) {
      findings.check(
          Invariant.LEAKED,
          gate(begun.conversation()).couldWatch(client, asked.at() - LATELY, begun.at()),
          "%s: may not watch, and yet %s",
          client.client(),
          begun);
      findings.check(
          Invariant.GAPS,
          begun.pageFollows() || (asked.revision() >= 0 && asked.epoch().equals(epoch)),
          "%s: watches without a page, and asked %s",
          client.client(),
          asked);
      watches.put(begun.conversation(), new Watch(asked, begun.pageFollows()));
    }

    private void checkRefused(Seen.WatchRefused refused, Optional<Seen.WatchAsked> asked) {
      // Who asks again before there is an answer is told to wait for it.
      boolean isAgain = refused.code().equals("INVALID_ARGUMENT") && isDue(refused.conversation());
      boolean hasReason =
          refused.code().equals("NOT_FOUND")
              && asked
                  .filter(
                      it ->
                          gate(refused.conversation())
                              .couldBeKeptOut(client, it.at() - LATELY, refused.at()))
                  .isPresent();
      findings.check(
          Invariant.REFUSED,
          Awaited.isForNow(refused.code()) || hasReason || isAgain,
          "%s: %s, in answer to %s",
          client.client(),
          refused,
          asked);
      if (!isAgain) {
        watches.remove(refused.conversation());
      }
    }

    private boolean isDue(String conversation) {
      return awaited.all().stream().anyMatch(it -> it.conversation().equals(conversation));
    }

    private void end(Seen.Unwatched ended) {
      boolean hasReason =
          ended.request() > 0
              ? ends.answer(ended.request()).isPresent()
              : gate(ended.conversation()).couldBeKeptOut(client, ended.at() - LATELY, ended.at());
      findings.check(Invariant.REFUSED, hasReason, "%s: sent away: %s", client.client(), ended);
      watches.remove(ended.conversation());
    }

    private void take(Seen.WatchedPage page) {
      Step step = page.step();
      Optional<Watch> watch = watch(step, page);
      if (watch.isEmpty()) {
        return;
      }
      checkPage(page, watch.get());
      boolean isReset = !page.reset().isEmpty();
      watch.get().isPageDue = false;
      watch.get().position = step.through();
      if (isReset) {
        views.computeIfAbsent(step.conversation(), _ -> new View(client.user(), step)).reset(step);
      } else {
        view(step).ifPresent(view -> view.applyPage(step));
      }
    }

    private void checkPage(Seen.WatchedPage page, Watch watch) {
      Step step = page.step();
      boolean isReset = !page.reset().isEmpty();
      findings.check(
          Invariant.GAPS,
          isReset ? step.after() == 0 : watch.isPageDue && step.after() == watch.position,
          "%s: a page of %s begins at %s (expected: %s)",
          client.client(),
          step.conversation(),
          step.after(),
          watch.position);
      if (!isReset) {
        return;
      }
      Room room = truth.room(step.conversation());
      long head = room.headAt(step.through());
      findings.check(
          Invariant.RESETS,
          watch.isPageDue ? isTrue(page, watch.asked, room) : fellBehind(page, watch),
          "%s: reset for %s of %s at revision %s, stood at %s, asked %s",
          client.client(),
          page.reset(),
          step.conversation(),
          step.through(),
          watch.position,
          watch.asked);
      findings.check(
          Invariant.GAPS,
          step.messages().size() == Math.min(NEWEST, room.between(1, head).size()),
          "%s: the newest page of %s shows %s messages up to %s",
          client.client(),
          step.conversation(),
          step.messages().size(),
          head);
    }

    private boolean isTrue(Seen.WatchedPage page, Seen.WatchAsked asked, Room room) {
      long through = page.step().through();
      return switch (page.reset()) {
        case "NO_POSITION" -> asked.revision() < 0;
        case "EPOCH" -> asked.revision() >= 0 && !asked.epoch().equals(epoch);
        case "BEYOND_HEAD" -> asked.revision() > through;
        case "TOO_FAR_BEHIND" ->
            through - asked.revision() > MAX_CHANGES_BEHIND
                || room.timeline().changed(asked.revision(), through).size() > LARGEST_PAGE;
        default -> false;
      };
    }

    private static boolean fellBehind(Seen.WatchedPage page, Watch watch) {
      return page.reset().equals("NO_POSITION") && page.step().through() - watch.position > KEPT;
    }

    private void take(Seen.Watched watched) {
      Step step = watched.step();
      Optional<Watch> watch = watch(step, watched);
      if (watch.isEmpty()) {
        return;
      }
      long position = watch.get().position;
      findings.check(
          Invariant.GAPS,
          !watch.get().isPageDue && step.after() <= position,
          "%s: watched %s up to %s, then from %s on",
          client.client(),
          step.conversation(),
          position,
          step.after());
      findings.check(
          Invariant.DISORDERED,
          step.after() >= position && step.through() > step.after(),
          "%s: watched %s up to %s, then from %s to %s",
          client.client(),
          step.conversation(),
          position,
          step.after(),
          step.through());
      watch.get().position = step.through();
      view(step).ifPresent(view -> view.applyLive(step));
    }

    /// The watch that something belongs to; without one it should not have come.
    private Optional<Watch> watch(Step step, Seen seen) {
      Optional<Watch> watch = Optional.ofNullable(watches.get(step.conversation()));
      findings.check(
          Invariant.LEAKED,
          watch.isPresent()
              && gate(step.conversation()).couldWatch(client, seen.at() - SENT_AWAY_BY, seen.at()),
          "%s: does not watch, or may not, and yet %s",
          client.client(),
          seen);
      return watch;
    }

    private Optional<View> view(Step step) {
      return Optional.ofNullable(views.get(step.conversation()));
    }

    private Gate gate(String conversation) {
      return truth.room(conversation).gate();
    }

    private void checkView(String conversation, Watch watch) {
      Room room = truth.room(conversation);
      Optional<View> view = Optional.ofNullable(views.get(conversation));
      long floor = view.map(View::floor).orElse(0L);
      List<Item> expected = room.between(floor, room.stored().lastSequence());
      List<Item> shown =
          view.map(it -> List.copyOf(it.messages().tailMap(floor, true).values()))
              .orElse(List.of());
      findings.check(
          Invariant.DIVERGED,
          view.isPresent()
              && watch.position == room.stored().revision()
              && view.get().settings().equals(ViewRule.latest(room))
              && ViewRule.isView(expected, shown, room, client.user()),
          "%s: watches %s messages of %s up to revision %s (expected: %s up to %s, from %s on)",
          client.client(),
          shown.size(),
          conversation,
          watch.position,
          expected.size(),
          room.stored().revision(),
          floor);
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tern.loadtest.history.Fate;
import tern.loadtest.history.Item;

/// Whether a message that somebody was shown is the one of the [Timeline], reactions included:
/// kinds in the order in which they came, counts to the last one, the first ten by name, one's own
/// where they are told.
final class Likeness {
  private static final int NAMED = 10;

  /// In which way a message is shown.
  enum Way {
    /// To one user, with their own reactions.
    PAGE,
    /// To all alike, without anybody's own.
    NEWS,
    /// As an answer to a change, which may leave one's own away.
    ANSWER
  }

  private Likeness() {}

  static boolean isSame(Item expected, Item shown, Way way, String user) {
    return expected.sameAs(shown)
        && isSame(expected.fate().reactions(), shown.fate().reactions())
        && isOwn(expected, shown, way, user);
  }

  /// Whether what a client made of steps and pages is right: it can't know who comes after the
  /// first ten, when one of those leaves.
  static boolean isView(Item expected, Item view, String user, Timeline timeline) {
    List<Fate.Reactors> kinds = expected.fate().reactions();
    List<Fate.Reactors> shown = view.fate().reactions();
    if (!expected.sameAs(view)
        || kinds.size() != shown.size()
        || !isOwn(expected, view, Way.PAGE, user)) {
      return false;
    }
    for (int i = 0; i < kinds.size(); i++) {
      Fate.Reactors kind = kinds.get(i);
      Fate.Reactors seen = shown.get(i);
      boolean wereFew = most(expected.sequence(), kind.reaction(), timeline) <= NAMED;
      Set<String> users = new HashSet<>(seen.users());
      if (!seen.reaction().equals(kind.reaction())
          || seen.count() != kind.count()
          || users.size() != seen.users().size()
          || users.size() > NAMED
          || !new HashSet<>(kind.users()).containsAll(users)
          || (wereFew && users.size() != kind.count())) {
        return false;
      }
    }
    return true;
  }

  /// Whether the same people reacted in the same ways, of many the first ten.
  static boolean isSame(List<Fate.Reactors> expected, List<Fate.Reactors> shown) {
    if (expected.size() != shown.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      Fate.Reactors kind = expected.get(i);
      List<String> first = kind.users().subList(0, Math.min(NAMED, kind.users().size()));
      if (!new Fate.Reactors(kind.reaction(), kind.count(), first).equals(shown.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOwn(Item expected, Item shown, Way way, String user) {
    List<String> told = shown.fate().own();
    if (way == Way.NEWS || (way == Way.ANSWER && told.isEmpty())) {
      return told.isEmpty();
    }
    List<String> own =
        expected.fate().reactions().stream()
            .filter(kind -> kind.users().contains(user))
            .map(Fate.Reactors::reaction)
            .sorted()
            .toList();
    return own.equals(told.stream().sorted().toList());
  }

  private static int most(long sequence, String reaction, Timeline timeline) {
    return timeline.states(sequence).values().stream()
        .flatMap(state -> state.fate().reactions().stream())
        .filter(kind -> kind.reaction().equals(reaction))
        .mapToInt(Fate.Reactors::count)
        .max()
        .orElse(0);
  }
}

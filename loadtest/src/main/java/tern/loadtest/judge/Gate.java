// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.List;
import tern.loadtest.history.Audience;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Rules;

/// Who might watch one conversation without being its member, and when: between two times, since
/// only the store knows in which order requests that met were taken.
record Gate(Audience audience, Rights rights) {
  /// Whether the client's user may have been allowed to watch at a moment between two times.
  boolean couldWatch(ClientLog client, long from, long to) {
    boolean isLetIn =
        switch (audience.access()) {
          case NOBODY -> false;
          case PUBLIC -> true;
          case GRANT -> client.grants().contains(audience.grant());
          case LIST -> couldBeListed(client.user(), from, to);
        };
    return isLetIn && !isBannedAllTheWhile(client.user(), from, to);
  }

  /// Whether the client's user may have been kept out at a moment between two times.
  boolean couldBeKeptOut(ClientLog client, long from, long to) {
    boolean isKeptOut =
        switch (audience.access()) {
          case NOBODY -> true;
          case PUBLIC -> false;
          case GRANT -> !client.grants().contains(audience.grant());
          case LIST -> couldBeUnlisted(client.user(), from, to);
        };
    return isKeptOut || rights.couldBeBanned(client.user(), from, to);
  }

  /// Whether a user may have stood on the list at a moment between two times.
  boolean couldBeListed(String user, long from, long to) {
    return couldBe(listings(user), true, from, to);
  }

  /// Whether a user may have been off the list at a moment between two times, as all are at first.
  boolean couldBeUnlisted(String user, long from, long to) {
    List<Audience.Listing> all = listings(user);
    return all.isEmpty() || !hadEnded(all.getFirst(), from) || couldBe(all, false, from, to);
  }

  private static boolean couldBe(List<Audience.Listing> all, boolean listed, long from, long to) {
    for (int i = 0; i < all.size(); i++) {
      boolean hadEnded = i + 1 < all.size() && hadEnded(all.get(i + 1), from);
      if (all.get(i).listed() == listed && all.get(i).at() <= to + Rights.CLOCKS && !hadEnded) {
        return true;
      }
    }
    return false;
  }

  /// Whether what this takes the place of was over by then for everybody.
  private static boolean hadEnded(Audience.Listing next, long from) {
    return next.at() + Rights.COMMITTED_BY < from;
  }

  private List<Audience.Listing> listings(String user) {
    return audience.listings().stream().filter(listing -> listing.user().equals(user)).toList();
  }

  private boolean isBannedAllTheWhile(String user, long from, long to) {
    List<Rules.Ban> bans = rights.bans(user);
    for (int i = 0; i < bans.size(); i++) {
      boolean endsLater = i + 1 == bans.size() || bans.get(i + 1).at() > to + Rights.CLOCKS;
      if (bans.get(i).at() + Rights.COMMITTED_BY < from
          && bans.get(i).untilMs() > rights.latestMs(to)
          && endsLater) {
        return true;
      }
    }
    return false;
  }
}

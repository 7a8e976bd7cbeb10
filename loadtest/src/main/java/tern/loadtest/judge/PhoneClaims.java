// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tern.loadtest.history.PhoneWish;
import tern.loadtest.judge.PhoneStory.Deed;

/// Which phone is pushed to at which address, and from when to when: until it logs out, claims
/// another address, or another phone claims this one.
final class PhoneClaims {
  private final Map<String, List<Claim>> byPhone = new HashMap<>();
  private final Map<String, List<Claim>> byAddress = new HashMap<>();

  /// @param ends what may have ended it
  /// @param moves what may have put another address in its place
  private record Claim(
      PhoneStory story, String address, Deed deed, List<Deed> ends, List<Deed> moves) {}

  PhoneClaims(List<PhoneStory> stories) {
    for (PhoneStory story : stories) {
      for (Deed deed : story.deeds()) {
        if (deed.wish() instanceof PhoneWish.Register(String address)) {
          Claim claim = new Claim(story, address, deed, new ArrayList<>(), new ArrayList<>());
          byPhone.computeIfAbsent(story.name(), _ -> new ArrayList<>()).add(claim);
          byAddress.computeIfAbsent(address, _ -> new ArrayList<>()).add(claim);
        }
      }
    }
    byPhone.values().forEach(claims -> claims.forEach(this::follow));
  }

  private void follow(Claim claim) {
    for (Deed deed : claim.story().deeds()) {
      if (deed.asked() > claim.deed().asked()) {
        if (deed.wish() instanceof PhoneWish.Forget) {
          claim.ends().add(deed);
        } else if (deed.wish() instanceof PhoneWish.Register(String address)
            && !address.equals(claim.address())) {
          claim.moves().add(deed);
        }
      }
    }
    for (Claim other : byAddress.getOrDefault(claim.address(), List.of())) {
      if (!other.story().name().equals(claim.story().name())
          && other.deed().asked() > claim.deed().asked()) {
        claim.ends().add(other.deed());
      }
    }
  }

  /// Whether the phone surely had an address all the time between.
  boolean isRegistered(PhoneStory story, long from, long to) {
    return byPhone.getOrDefault(story.name(), List.of()).stream()
        .anyMatch(
            it ->
                it.deed().answered() <= from
                    && it.ends().stream().noneMatch(end -> end.asked() <= to));
  }

  /// Every address that the phone ever claimed.
  Set<String> addresses(PhoneStory story) {
    Set<String> addresses = new TreeSet<>();
    byPhone.getOrDefault(story.name(), List.of()).forEach(it -> addresses.add(it.address()));
    return addresses;
  }

  /// Whether several phones have claimed an address.
  boolean isShared(String address) {
    return byAddress.getOrDefault(address, List.of()).stream()
            .map(it -> it.story().name())
            .distinct()
            .count()
        > 1;
  }

  /// Who may have been pushed to at an address by a push that left and came then.
  List<PhoneStory> owners(String address, long left, long came) {
    return byAddress.getOrDefault(address, List.of()).stream()
        .filter(it -> it.deed().asked() <= came && isOpen(it, left))
        .map(Claim::story)
        .distinct()
        .toList();
  }

  private static boolean isOpen(Claim claim, long at) {
    return claim.ends().stream().noneMatch(end -> PhoneWorld.isTakenIn(end, at))
        && claim.moves().stream().noneMatch(move -> PhoneWorld.isTakenIn(move, at));
  }
}

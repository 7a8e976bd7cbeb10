// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tern.loadtest.client.Device;

/// Which rooms see more than their share of the load, so that catch-ups meet writes, and which are
/// large, so that they see less.
final class Hotspot {
  private final Set<String> hot = ConcurrentHashMap.newKeySet();
  private final Set<String> large = ConcurrentHashMap.newKeySet();

  void heat(String conversation) {
    hot.add(conversation);
  }

  void enlarge(String conversation) {
    large.add(conversation);
  }

  boolean isLarge(String conversation) {
    return large.contains(conversation);
  }

  /// A hot room among those that the device has opened.
  Optional<String> among(Device device) {
    return Collections.unmodifiableSet(hot).stream()
        .filter(room -> device.standing(room).isPresent())
        .findFirst();
  }
}

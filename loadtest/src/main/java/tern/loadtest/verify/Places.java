// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import tern.v1.ServerFrame;

/// Where people meet: the rooms that see more or less than their share, those in which somebody
/// rules, those that do not last, and those that are watched.
record Places(Hotspot hotspot, Realm realm, Inn inn, Stage stage) {
  /// Takes note of what anybody was told of them.
  void learn(ServerFrame frame) {
    realm.doors().learn(frame);
    inn.learn(frame);
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.Map;

/// What a group is called, how it looks and who may do what in it, as the change at `revision` left
/// it; each setting by its name, see [Setting].
public record Settings(long revision, Map<String, String> values) {
  /// Keeps its own copy.
  public Settings {
    values = Map.copyOf(values);
  }

  /// A setting's value; empty when it has none.
  public String value(Setting setting) {
    return values.getOrDefault(setting.key(), "");
  }

  /// A setting that is a number; 0 when it has none.
  public int number(Setting setting) {
    String value = value(setting);
    return value.isEmpty() ? 0 : Integer.parseInt(value);
  }
}

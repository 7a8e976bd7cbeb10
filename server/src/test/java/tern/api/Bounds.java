// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The bounds that a schema sets: values at them, and just beyond.
record Bounds(
    List<Long> numbers,
    List<Long> numbersBeyond,
    List<Integer> lengths,
    List<Integer> lengthsBeyond,
    List<Integer> counts,
    List<Integer> countsBeyond) {
  // Of one class of characters, so many of them.
  private static final Pattern OF_ONE_CLASS = Pattern.compile("\\^\\[[^]]+]\\{(\\d+),(\\d+)}\\$");

  /// Reads those of a schema that is no reference. Patterns of one class count as lengths.
  static Bounds of(JsonObject schema) {
    @Nullable Number lowest = (Number) schema.getValue("minimum");
    @Nullable Number highest = (Number) schema.getValue("maximum");
    @Nullable Integer shortest = schema.getInteger("minLength");
    @Nullable Integer longest = schema.getInteger("maxLength");
    Matcher pattern = OF_ONE_CLASS.matcher(schema.getString("pattern", ""));
    if (pattern.matches()) {
      shortest = Integer.valueOf(pattern.group(1));
      longest = Integer.valueOf(pattern.group(2));
    }
    @Nullable Integer fewest = schema.getInteger("minItems");
    @Nullable Integer most = schema.getInteger("maxItems");
    return new Bounds(
        at(lowest, highest),
        Stream.concat(beside(lowest, -1), beside(highest, 1)).toList(),
        ints(at(shortest, longest)),
        ints(beyond(shortest, longest)),
        ints(at(fewest, most)),
        ints(beyond(fewest, most)));
  }

  private static List<Long> at(@Nullable Number least, @Nullable Number most) {
    return Stream.concat(beside(least, 0), beside(most, 0)).toList();
  }

  // There is no length below zero.
  private static List<Long> beyond(@Nullable Number least, @Nullable Number most) {
    return Stream.concat(beside(least, -1), beside(most, 1)).filter(it -> it >= 0).toList();
  }

  private static Stream<Long> beside(@Nullable Number bound, int step) {
    return bound == null ? Stream.empty() : Stream.of(bound.longValue() + step);
  }

  private static List<Integer> ints(List<Long> numbers) {
    return numbers.stream().map(Math::toIntExact).toList();
  }
}

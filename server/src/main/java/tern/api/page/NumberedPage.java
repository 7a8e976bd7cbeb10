// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api.page;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tern.gateway.request.RequestRefused;

/// A page of things that have rising numbers, the highest first; the page after it is named by the
/// lowest of its numbers.
public final class NumberedPage {
  private NumberedPage() {}

  /// The number below which a page begins; throws [RequestRefused] when no answer named that page.
  ///
  /// @param page as an earlier answer named it; empty for the first
  public static long before(String page) {
    try {
      return page.isEmpty() ? Long.MAX_VALUE : Long.parseLong(page);
    } catch (NumberFormatException _) {
      throw RequestRefused.invalid("page: no such form (expected: a nextPage that Tern gave)");
    }
  }

  /// Tells a page, and where the next begins; a full one may be the last.
  ///
  /// @param name of the list in the answer
  /// @param limit for which it was asked
  public static <T> JsonObject told(
      String name,
      List<T> found,
      int limit,
      ToLongFunction<T> number,
      Function<T, JsonObject> each) {
    JsonArray told = new JsonArray();
    found.forEach(it -> told.add(each.apply(it)));
    boolean isFull = found.size() == limit;
    return new JsonObject()
        .put(name, told)
        .put("nextPage", isFull ? Long.toString(number.applyAsLong(found.getLast())) : "");
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.search;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.Turn;
import tern.id.UserId;
import tern.search.PageMark;
import tern.search.Search;
import tern.search.SearchConfig;
import tern.search.SearchPage;
import tern.search.SearchQuery;
import tern.search.Sought;
import tern.session.TokenBuckets;
import tern.v1.ServerFrame;

/// Requests to search. Blocks; for virtual threads.
public final class SearchRequests {
  private static final int MAX_QUERY = 128;
  private static final int HITS = 20;
  // Later than any message, and what the store can hold.
  private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

  private final Search search;
  private final TokenBuckets users;

  /// Searches at these rates.
  public SearchRequests(Search search, SearchConfig config) {
    this.search = search;
    this.users = new TokenBuckets(config.perSecond(), config.burst());
  }

  /// Finds what the user looks for.
  ///
  /// Throws [RequestRefused] when the query can't be one, comes too fast, or names a conversation
  /// that is none of theirs.
  public ServerFrame.Builder find(UserId user, tern.v1.Search it) {
    SearchQuery query = query(it);
    takeTurn(user);
    // Searches take turns of their own, and each may last.
    SearchPage page =
        Turn.aside(() -> search.find(user, query)).orElseThrow(RequestRefused::noConversation);
    return ServerFrame.newBuilder().setSearchPage(SearchTexts.page(page));
  }

  private void takeTurn(UserId user) {
    Duration wait = users.tryTake(user.value());
    if (!wait.isZero()) {
      throw RequestRefused.tooFast("searches of this user", wait);
    }
  }

  private static SearchQuery query(tern.v1.Search it) {
    return new SearchQuery(
        parsed(() -> Sought.parse(FromWire.bounded("query", it.getQuery(), 1, MAX_QUERY))),
        it.getConversationId().isEmpty() ? null : FromWire.conversation(it.getConversationId()),
        it.getSenderId().isEmpty() ? null : FromWire.user(it.getSenderId()),
        instant("after_ms", it.getAfterMs(), Instant.EPOCH),
        instant("before_ms", it.getBeforeMs(), EVER),
        it.getPage().isEmpty()
            ? Optional.empty()
            : Optional.of(parsed(() -> PageMark.parse(it.getPage()))),
        limit(it.getLimit()));
  }

  private static <T> T parsed(Supplier<T> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static Instant instant(String what, long millis, Instant whenZero) {
    if (millis < 0 || millis > EVER.toEpochMilli()) {
      throw RequestRefused.invalid(
          what + ": " + millis + " (expected: milliseconds since 1970, or 0 for none)");
    }
    return millis == 0 ? whenZero : Instant.ofEpochMilli(millis);
  }

  private static int limit(int asked) {
    if (Integer.compareUnsigned(asked, SearchQuery.MAX_HITS) > 0) {
      throw RequestRefused.invalid(
          "limit: "
              + Integer.toUnsignedString(asked)
              + " (expected: 1 to "
              + SearchQuery.MAX_HITS
              + ", or 0 for "
              + HITS
              + ")");
    }
    return asked == 0 ? HITS : asked;
  }
}

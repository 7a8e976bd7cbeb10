// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Optional;
import tern.loadtest.history.Seen;
import tern.v1.CatchUpPage;
import tern.v1.ClientFrame;
import tern.v1.Position;
import tern.v1.ServerFrame;

/// What the protocol says of watching, as the history's records, for a moment of a client's.
record Watches(long at, int session) {
  /// What a frame asks for of watching, if it asks for anything.
  Optional<Seen> asked(ClientFrame frame) {
    return switch (frame.getFrameCase()) {
      case WATCH_CONVERSATION -> {
        Position position = frame.getWatchConversation().getPosition();
        yield Optional.of(
            new Seen.WatchAsked(
                at,
                session,
                frame.getId(),
                conversation(frame),
                position.getEpoch(),
                frame.getWatchConversation().hasPosition() ? position.getRevision() : -1));
      }
      case UNWATCH_CONVERSATION ->
          Optional.of(new Seen.UnwatchAsked(at, session, frame.getId(), conversation(frame)));
      case CHANGE_WATCH_LIST ->
          Optional.of(
              new Seen.ListingAsked(
                  at,
                  session,
                  frame.getId(),
                  conversation(frame),
                  List.copyOf(frame.getChangeWatchList().getAddUserIdsList()),
                  List.copyOf(frame.getChangeWatchList().getRemoveUserIdsList())));
      default -> Optional.empty();
    };
  }

  /// The conversation of such a request; empty for any other.
  static String conversation(ClientFrame frame) {
    return switch (frame.getFrameCase()) {
      case WATCH_CONVERSATION -> frame.getWatchConversation().getConversationId();
      case UNWATCH_CONVERSATION -> frame.getUnwatchConversation().getConversationId();
      case CHANGE_WATCH_LIST -> frame.getChangeWatchList().getConversationId();
      case COUNT_WATCHERS -> frame.getCountWatchers().getConversationId();
      default -> "";
    };
  }

  /// What was answered, or told as news, of watching.
  List<Seen> told(ServerFrame frame) {
    return switch (frame.getFrameCase()) {
      case WATCHING ->
          List.of(
              new Seen.WatchBegun(
                  at,
                  session,
                  frame.getId(),
                  frame.getWatching().getConversationId(),
                  frame.getWatching().getPageFollows()));
      case UNWATCHED ->
          List.of(
              new Seen.Unwatched(
                  at, session, frame.getId(), frame.getUnwatched().getConversationId()));
      case WATCH_LIST_CHANGED ->
          List.of(
              new Seen.Listed(
                  at, session, frame.getId(), frame.getWatchListChanged().getConversationId()));
      default -> List.of();
    };
  }

  /// A live step of what is watched.
  Seen step(ServerFrame frame) {
    return new Seen.Watched(at, session, Records.step(frame.getEnvelope().getChanges()));
  }

  /// A page of what is watched.
  Seen page(ServerFrame frame) {
    CatchUpPage page = frame.getCatchUpPage();
    return new Seen.WatchedPage(
        at, session, Records.step(page.getChanges()), Moment.reset(page), page.getHasBefore());
  }

  /// A refusal to be let watch.
  Seen refused(ServerFrame frame, ClientFrame asked) {
    return new Seen.WatchRefused(
        at, session, frame.getId(), conversation(asked), Moment.code(frame.getError()));
  }
}

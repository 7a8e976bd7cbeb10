// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import tern.loadtest.history.Arrangement;
import tern.loadtest.history.Ruling;
import tern.loadtest.history.Wish;
import tern.v1.CatchUpPage;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.Member;
import tern.v1.MembersChanged;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;

/// How much has happened so far; all clients count here, from every event loop.
final class Tally {
  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private final Set<Wish> wishes = ConcurrentHashMap.newKeySet();
  private final Set<Changed> changes = ConcurrentHashMap.newKeySet();
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

  private record Changed(String conversation, long revision) {}

  void sent(SendMessage message) {
    boolean isNew = ids.add(message.getClientMessageId());
    add(isNew ? "sent" : "resends");
    if (isNew) {
      count("mentions", message.hasMentions());
      count("flagged", message.getSilent() || message.getUrgent());
      count("replies", message.getReplyTo() > 0);
      count("with_metadata", message.getMetadataCount() > 0);
      count("custom", message.getContent().hasCustom());
    }
  }

  private void count(String name, boolean isSo) {
    if (isSo) {
      add(name);
    }
  }

  void accepted(boolean duplicate, boolean overRest) {
    add(duplicate ? "accepted_again" : "acknowledged");
    if (overRest) {
      add(duplicate ? "rest_again" : "rest_accepted");
    }
  }

  void live(boolean isWatched) {
    add(isWatched ? "watched" : "live");
  }

  /// A watch began, from a position or anew, or ended, or who may watch was changed.
  void watching(ServerFrame frame, Optional<ClientFrame> asked) {
    boolean resumes = asked.filter(it -> it.getWatchConversation().hasPosition()).isPresent();
    switch (frame.getFrameCase()) {
      case WATCHING -> add(resumes ? "watches_resumed" : "watches");
      case UNWATCHED -> add(frame.getId() == 0 ? "sent_away" : "unwatched");
      case WATCH_LIST_CHANGED -> add("listed");
      default -> {}
    }
  }

  void page(CatchUpPage page) {
    if (page.getLive()) {
      add("catch_ups");
    }
    if (page.hasReset()) {
      add("resets_" + page.getReset().getReason().name().substring("REASON_".length()));
    }
  }

  void members(MembersChanged changed) {
    for (Member member : changed.getMembersList()) {
      add(member.getRemoved() ? "leaves" : "joins");
    }
  }

  void wished(Wish wish) {
    if (!wishes.add(wish)) {
      add("asked_again_" + name(wish));
    }
  }

  /// A change was answered: counted once, however often it was asked for.
  void changed(Wish wish, long revision) {
    if (revision > 0 && changes.add(new Changed(wish.conversation(), revision))) {
      add("changed_" + name(wish));
    } else {
      add("changed_nothing_" + name(wish));
    }
  }

  void refused(Wish wish, ErrorCode code) {
    add("refused_" + name(wish) + "_" + code.name().substring("ERROR_CODE_".length()));
  }

  /// A change of a conversation or its members was answered.
  void ruled(Ruling ruling, long revision) {
    add((revision > 0 ? "ruled_" : "ruled_nothing_") + name(ruling));
  }

  void refused(Ruling ruling, ErrorCode code) {
    add("refused_" + name(ruling) + "_" + code.name().substring("ERROR_CODE_".length()));
  }

  /// What was asked for about groups' ends and ways in, or about people, was answered.
  void answered(ClientFrame asked) {
    switch (asked.getFrameCase()) {
      case CREATE_INVITATION -> add("invited");
      case REVOKE_INVITATION -> add("revoked");
      case DELETE_CONVERSATION -> add("ended");
      case BLOCK_USER -> add(asked.getBlockUser().getBlocked() ? "blocked" : "unblocked");
      case MUTE_USER -> add(asked.getMuteUser().getMuted() ? "users_muted" : "users_unmuted");
      case UPDATE_PROFILE -> add("profiles_changed");
      case READ_PROFILES -> add("profiles_read");
      default -> {}
    }
  }

  /// Something was arranged for oneself.
  void arranged(Arrangement arrangement) {
    add("arranged_" + arrangement.kind().name().toLowerCase(Locale.ROOT));
    if (arrangement.kind() == Arrangement.Kind.HIDE && arrangement.on()) {
      add("cleared");
    }
  }

  private static String name(Ruling ruling) {
    return ruling.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String name(Wish wish) {
    return wish.kind().name().toLowerCase(Locale.ROOT);
  }

  void refused(ErrorCode code) {
    add("refused_" + code.name().substring("ERROR_CODE_".length()));
  }

  void closed(int code) {
    add("closed_" + code);
  }

  long get(String name) {
    LongAdder count = counts.get(name);
    return count == null ? 0 : count.sum();
  }

  Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((name, count) -> all.put(name, count.sum()));
    return all;
  }

  /// One more of these.
  void count(String name) {
    add(name);
  }

  private void add(String name) {
    counts.computeIfAbsent(name, _ -> new LongAdder()).increment();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import static java.util.stream.Collectors.groupingBy;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import tern.loadtest.client.Await;
import tern.loadtest.client.Sockets;
import tern.loadtest.client.Viewer;
import tern.loadtest.target.Target;
import tern.v1.Message;

/// Those who watch: comes, goes and is asked in parts.
final class Gallery {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int AT_ONCE = 500;
  // A server's port takes some 28,000 connections from one address.
  private static final int OF_A_SOURCE = 10_000;

  private final List<Viewer> viewers = new ArrayList<>();

  Gallery(Sockets sockets, Target target, String run, int count, Figures figures) {
    Consumer<Message> receive =
        message ->
            Talker.sentNanos(message)
                .ifPresent(sent -> figures.delivered(System.nanoTime() - sent));
    var tokens = target.tokens();
    boolean isHere = target.address().isLoopback();
    for (int i = 0; i < count; i++) {
      String source = isHere ? "127.0.0." + (2 + i / OF_A_SOURCE) : "0.0.0.0";
      viewers.add(
          new Viewer(sockets, target.address(), source, "viewer" + i + "." + run, tokens, receive));
    }
  }

  List<Viewer> all() {
    return viewers;
  }

  /// Connects them, some at a time, and lets them watch.
  void enter(List<Viewer> some, String conversation) {
    for (int from = 0; from < some.size(); from += AT_ONCE) {
      List<Viewer> next = some.subList(from, Math.min(some.size(), from + AT_ONCE));
      connect(next);
      watch(next, conversation);
    }
  }

  /// Connects them, some at a time.
  void connect(List<Viewer> some) {
    for (int from = 0; from < some.size(); from += AT_ONCE) {
      List<Viewer> next = some.subList(from, Math.min(some.size(), from + AT_ONCE));
      next.forEach(viewer -> viewer.loop().execute(viewer::connect));
      await(next, Viewer::isWelcome, "connected");
    }
  }

  /// Lets them all watch at once; returns when they do.
  void watch(List<Viewer> some, String conversation) {
    some.forEach(viewer -> viewer.loop().execute(() -> viewer.watch(conversation)));
    await(some, Viewer::isWatching, "begun to watch");
  }

  /// Breaks their connections all at once.
  void drop(List<Viewer> some) {
    some.forEach(viewer -> viewer.loop().execute(viewer::drop));
  }

  /// Returns how many have everything through this revision, once all do or none has any patience
  /// left.
  long complete(List<Viewer> some, long revision, Duration patience) {
    Await.until(
        patience, () -> count(some, viewer -> viewer.position() >= revision) == some.size());
    return count(some, viewer -> viewer.position() == revision);
  }

  /// How often something was lost, doubled, out of order or begun anew.
  long faults() {
    return sum(viewers, Viewer::faults);
  }

  private static void await(List<Viewer> some, Predicate<Viewer> condition, String what) {
    if (!Await.until(PATIENCE, () -> count(some, condition) == some.size())) {
      throw new IllegalStateException(
          "not everybody has " + what + " within " + PATIENCE + ": " + count(some, condition));
    }
  }

  private static long count(List<Viewer> some, Predicate<Viewer> condition) {
    return sum(some, viewer -> condition.test(viewer) ? 1 : 0);
  }

  // One question for all that a loop owns: one for each would cost more than what is measured.
  private static long sum(List<Viewer> some, ToLongFunction<Viewer> question) {
    Map<EventLoop, List<Viewer>> byLoop = some.stream().collect(groupingBy(Viewer::loop));
    long sum = 0;
    for (Map.Entry<EventLoop, List<Viewer>> of : byLoop.entrySet()) {
      sum += Await.on(of.getKey(), () -> of.getValue().stream().mapToLong(question).sum());
    }
    return sum;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.demo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tern.push.Push;
import tern.push.PushOutcome;
import tern.push.PushSender;

/// Takes every push and shows it on a lock screen in the playground. A screen that nobody looks at
/// keeps the newest for whoever looks next, as phones that are switched off find them later.
public final class LockScreens implements PushSender {
  private static final int MAX_SCREENS = 1_000;
  private static final int MAX_PUSHES = 50;

  private final Cache<String, Screen> screens =
      Caffeine.newBuilder().maximumSize(MAX_SCREENS).build();

  // Guarded by itself; no listener is called within.
  private static final class Screen {
    final List<Push> kept = new ArrayList<>();
    Optional<Consumer<Push>> watcher = Optional.empty();
    int watches;

    synchronized Optional<Consumer<Push>> take(Push push) {
      if (watcher.isEmpty()) {
        kept.add(push);
        if (kept.size() > MAX_PUSHES) {
          kept.removeFirst();
        }
      }
      return watcher;
    }

    synchronized int watch(Consumer<Push> next, List<Push> missed) {
      watcher = Optional.of(next);
      missed.addAll(kept);
      kept.clear();
      watches++;
      return watches;
    }

    synchronized void leave(int watch) {
      if (watch == watches) {
        watcher = Optional.empty();
      }
    }
  }

  @Override
  public Future<PushOutcome> send(Push push) {
    screens.get(push.to().address(), _ -> new Screen()).take(push).ifPresent(it -> it.accept(push));
    return Future.succeededFuture(new PushOutcome.Accepted());
  }

  /// Shows `watcher` what comes to this address from now on, after what came while nobody looked;
  /// takes the place of whoever looked before. Any thread; neither may it block.
  ///
  /// @return ends it
  public Runnable watch(String address, Consumer<Push> watcher) {
    Screen screen = screens.get(address, _ -> new Screen());
    List<Push> missed = new ArrayList<>();
    int watch = screen.watch(watcher, missed);
    missed.forEach(watcher);
    return () -> screen.leave(watch);
  }

  @Override
  public void close() {}
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.demo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tern.push.Push;
import tern.push.PushOutcome;
import tern.push.PushSender;

/// Takes every push and shows it on a lock screen in the playground. A screen that nobody looks at
/// keeps the newest for whoever looks next, as phones that are switched off find them later.
public final class LockScreens implements PushSender {
  private static final int MAX_SCREENS = 1_000;
  private static final int MAX_PUSHES = 50;

  // Tabs of one browser; the one that has looked longest sees no more.
  private static final int MAX_WATCHES = 8;

  private final Cache<String, Screen> screens =
      Caffeine.newBuilder().maximumSize(MAX_SCREENS).build();

  // Guarded by itself; no watcher is called within.
  private static final class Screen {
    final List<Push> kept = new ArrayList<>();
    final List<Watch> watches = new ArrayList<>();

    synchronized List<Watch> take(Push push) {
      if (watches.isEmpty()) {
        kept.add(push);
        if (kept.size() > MAX_PUSHES) {
          kept.removeFirst();
        }
      }
      return List.copyOf(watches);
    }

    synchronized List<Push> watch(Watch next) {
      if (watches.size() == MAX_WATCHES) {
        watches.removeFirst();
      }
      watches.add(next);
      List<Push> missed = List.copyOf(kept);
      kept.clear();
      return missed;
    }

    synchronized void leave(Watch watch) {
      watches.remove(watch);
    }
  }

  // Each is another, whoever looks.
  private static final class Watch {
    final Consumer<Push> watcher;

    Watch(Consumer<Push> watcher) {
      this.watcher = watcher;
    }
  }

  @Override
  public Future<PushOutcome> send(Push push) {
    Screen screen = screens.get(push.to().address(), _ -> new Screen());
    screen.take(push).forEach(it -> it.watcher.accept(push));
    return Future.succeededFuture(new PushOutcome.Accepted());
  }

  /// Shows `watcher` what comes to this address from now on, after what came while nobody looked;
  /// several may look at once. Any thread; neither may it block.
  ///
  /// @return ends it
  public Runnable watch(String address, Consumer<Push> watcher) {
    Screen screen = screens.get(address, _ -> new Screen());
    Watch watch = new Watch(watcher);
    screen.watch(watch).forEach(watcher);
    return () -> screen.leave(watch);
  }

  @Override
  public void close() {}
}

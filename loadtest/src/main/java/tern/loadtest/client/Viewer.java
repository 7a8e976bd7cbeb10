// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tern.v1.CatchUpPage;
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.Message;
import tern.v1.ServerFrame;

/// Somebody who watches one conversation and nothing else, and notes whatever was lost, doubled or
/// out of order. Owned by one event loop, on which every method is called. Comes back when it is
/// sent away before it watches; a socket that breaks later is a fault.
public final class Viewer implements SocketListener {
  private static final int COME_BACK_MS = 1_000;

  private final Sockets sockets;
  private final EventLoop loop;
  private final Address address;
  private final String source;
  private final String user;
  private final Tokens tokens;
  private final Consumer<Message> onMessage;
  private String conversation = ""; // empty: watches nothing yet
  private @Nullable Socket socket;
  private boolean isWelcome;
  private boolean isWatching;
  private boolean isStopped;
  private long position;
  private int faults;
  private int lastId;

  /// A viewer that is not yet connected.
  ///
  /// @param source the address of this machine to connect from
  /// @param onMessage is given each message that comes live
  public Viewer(
      Sockets sockets,
      Address address,
      String source,
      String user,
      Tokens tokens,
      Consumer<Message> onMessage) {
    this.sockets = sockets;
    this.loop = sockets.nextLoop();
    this.address = address;
    this.source = source;
    this.user = user;
    this.tokens = tokens;
    this.onMessage = onMessage;
  }

  /// The loop that owns it.
  public EventLoop loop() {
    return loop;
  }

  /// Connects and says Hello.
  public void connect() {
    isStopped = false;
    sockets.openFrom(source, loop, address, this);
  }

  /// Begins to watch, now or once it is connected.
  public void watch(String wanted) {
    conversation = wanted;
    if (isWelcome) {
      ask(OpenFrames.watch(wanted));
    }
  }

  /// Goes without a word, as a lost network would.
  public void drop() {
    isStopped = true;
    isWatching = false;
    isWelcome = false;
    if (socket != null) {
      socket.abort();
      socket = null;
    }
  }

  /// Whether it has been let in by the server.
  public boolean isWelcome() {
    return isWelcome;
  }

  /// Whether it has its first page, and live changes follow.
  public boolean isWatching() {
    return isWatching;
  }

  /// The revision up to which it has everything.
  public long position() {
    return position;
  }

  /// How often something was lost, doubled, out of order or begun anew, or the socket broke.
  public int faults() {
    return faults;
  }

  @Override
  public void opened(Socket opened) {
    socket = opened;
    if (isStopped) {
      opened.abort();
      return;
    }
    ask(Frames.hello(tokens.tokenFor(user), new DeviceName(user, "screen", "app"), ""));
  }

  private void ask(ClientFrame frame) {
    if (socket != null) {
      socket.send(frame.toBuilder().setId(++lastId).build());
    }
  }

  @Override
  public void received(Socket from, ServerFrame frame) {
    switch (frame.getFrameCase()) {
      case WELCOME -> {
        isWelcome = true;
        if (!conversation.isEmpty()) {
          ask(OpenFrames.watch(conversation));
        }
      }
      case CATCH_UP_PAGE -> begin(frame.getCatchUpPage());
      case ENVELOPE -> apply(frame.getEnvelope().getChanges());
      case ERROR -> refused(frame.getError().getMayRetry());
      case UNWATCHED -> faults++;
      default -> {}
    }
  }

  private void begin(CatchUpPage page) {
    if (isWatching) {
      faults++;
    }
    isWatching = true;
    position = page.getChanges().getThrough();
  }

  private void apply(Changes changes) {
    if (!isWatching || changes.getAfter() != position) {
      faults++;
    }
    position = changes.getThrough();
    changes.getMessagesList().forEach(onMessage);
  }

  private void refused(boolean mayRetry) {
    if (mayRetry && isWelcome) {
      later(() -> ask(OpenFrames.watch(conversation)));
    } else if (!mayRetry) {
      faults++;
    }
  }

  @Override
  public void closed(int code) {
    if (isStopped) {
      return;
    }
    if (isWatching) {
      faults++;
    }
    isWelcome = false;
    isWatching = false;
    socket = null;
    later(this::connect);
  }

  private void later(Runnable step) {
    ScheduledFuture<?> _ =
        loop.schedule(
            () -> {
              if (!isStopped) {
                step.run();
              }
            },
            ThreadLocalRandom.current().nextInt(COME_BACK_MS),
            TimeUnit.MILLISECONDS);
  }
}

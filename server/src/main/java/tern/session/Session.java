// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import tern.auth.Identity;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.InstanceId;
import tern.id.UserId;

/// A device that is connected and known, on this node, now.
///
/// Decides for each live event whether this device gets it: all of it, save in conversations where
/// the device is *behind*, that is, catching up. Owned by its socket's event loop; ends with the
/// socket.
public final class Session {
  // News that may come between registration and Welcome; more means that the store is too slow to
  // greet.
  private static final int MAX_EARLY = 1_000;

  private static final long SETTLE_NANOS = 5_000_000_000L;

  private final String id;
  private final DeviceId device;
  private final InstanceId instance;
  private final Outbox outbox;
  // Written by the loop alone; read by whoever looks for revoked ones.
  private volatile Identity token;
  // Likewise; read by whoever asks for presence.
  private volatile boolean foreground;
  private final Instant connectedAt;
  // Likewise; read by whoever lists sessions.
  private volatile Instant activeAt;

  // Both exist only while they are needed: most sessions are idle, and there are many.
  private @Nullable Queue<OutgoingFrame> early = new ArrayDeque<>();
  private @Nullable Map<ConversationId, Behind> behind;

  /// A session that is not yet welcomed: news wait.
  public Session(
      String id,
      Identity token,
      DeviceId device,
      InstanceId instance,
      Outbox outbox,
      boolean foreground,
      Instant connectedAt) {
    this.id = id;
    this.token = token;
    this.device = device;
    this.instance = instance;
    this.outbox = outbox;
    this.foreground = foreground;
    this.connectedAt = connectedAt;
    this.activeAt = connectedAt;
  }

  // A conversation in which this device catches up, or has just done so.
  private static final class Behind {
    // The highest revision that was dropped meanwhile.
    long dropped;
    // Where the catch-up ended; 0 while it runs.
    long reached;
    long reachedAtNanos;
  }

  /// For logs and support.
  public String id() {
    return id;
  }

  /// Whose session it is.
  public UserId user() {
    return token.user();
  }

  /// The access token that it stands on.
  public Identity token() {
    return token;
  }

  /// Stands on a fresh token of the same user from now on.
  public void refresh(Identity fresh) {
    assert loop().inEventLoop() && fresh.user().equals(user());
    token = fresh;
  }

  /// On which device.
  public DeviceId device() {
    return device;
  }

  /// The queue to its socket.
  public Outbox outbox() {
    return outbox;
  }

  /// The loop that owns this session.
  public EventLoop loop() {
    return outbox.eventLoop();
  }

  /// Whether the person is looking.
  public boolean isForeground() {
    return foreground;
  }

  /// Notes whether the person is looking.
  public void setForeground(boolean looking) {
    assert loop().inEventLoop();
    foreground = looking;
  }

  /// Which of the device's apps or tabs it is.
  public InstanceId instance() {
    return instance;
  }

  /// When its Hello came.
  public Instant connectedAt() {
    return connectedAt;
  }

  /// When the client last sent a frame.
  public Instant activeAt() {
    return activeAt;
  }

  /// Notes that the client has sent a frame just now.
  public void noteActivity(Instant now) {
    assert loop().inEventLoop();
    activeAt = now;
  }

  /// Closes it from any thread; returns whether it was still open, as far as can be told.
  public boolean end(CloseCode code) {
    if (!outbox.isOpen()) {
      return false;
    }
    try {
      loop().execute(() -> outbox.close(code, Duration.ZERO));
      return true;
    } catch (RejectedExecutionException _) {
      // The event loop has ended, and the session with it.
      return false;
    }
  }

  boolean isSameInstance(Session other) {
    return isSameDevice(other) && instance.equals(other.instance);
  }

  boolean isSameDevice(Session other) {
    return device.equals(other.device);
  }

  /// Sends `welcome`, then the news that came meanwhile.
  public void welcome(OutgoingFrame welcome) {
    assert loop().inEventLoop();
    Queue<OutgoingFrame> waiting = early;
    early = null;
    outbox.offer(welcome);
    if (waiting != null) {
      for (OutgoingFrame frame : waiting) {
        outbox.offer(frame);
        frame.release();
      }
    }
  }

  /// Queues a frame for the socket; the caller keeps its reference.
  public void offer(OutgoingFrame frame) {
    assert loop().inEventLoop();
    if (early == null) {
      outbox.offer(frame);
    } else if (early.size() < MAX_EARLY) {
      frame.retain();
      early.add(frame);
    } else {
      outbox.close(CloseCode.OVERLOADED);
    }
  }

  /// Queues a live event, unless this device is behind in its conversation or already has it from
  /// its catch-up.
  public void deliver(ConversationId conversation, long revision, OutgoingFrame frame) {
    assert loop().inEventLoop();
    Behind state = behind == null ? null : behind.get(conversation);
    if (state == null) {
      offer(frame);
    } else if (state.reached == 0) {
      state.dropped = Math.max(state.dropped, revision);
    } else if (revision > state.reached) {
      live(conversation);
      offer(frame);
    }
  }

  /// Begins a catch-up: from now on live events of the conversation are dropped. Returns false when
  /// one runs already.
  public boolean fallBehind(ConversationId conversation) {
    assert loop().inEventLoop();
    if (behind == null) {
      behind = new HashMap<>();
    }
    Behind state = behind.get(conversation);
    if (state != null && state.reached == 0) {
      return false;
    }
    behind.put(conversation, new Behind());
    return true;
  }

  /// How many catch-ups run.
  public int catchingUp() {
    assert loop().inEventLoop();
    return behind == null
        ? 0
        : (int) behind.values().stream().filter(state -> state.reached == 0).count();
  }

  /// Ends a catch-up that has read up to `revision`, unless something newer was dropped meanwhile:
  /// then it returns false, and the caller reads on.
  public boolean caughtUp(ConversationId conversation, long revision, long nowNanos) {
    assert loop().inEventLoop();
    Behind state = behind == null ? null : behind.get(conversation);
    if (state == null) {
      return true;
    }
    if (state.dropped > revision) {
      return false;
    }
    state.reached = revision;
    state.reachedAtNanos = nowNanos;
    return true;
  }

  /// Ends a catch-up that failed; the conversation's live events flow again.
  public void live(ConversationId conversation) {
    assert loop().inEventLoop();
    if (behind != null) {
      behind.remove(conversation);
      if (behind.isEmpty()) {
        behind = null;
      }
    }
  }

  /// Once a second: forgets where catch-ups ended once no earlier event can still be on its way
  /// here.
  public void tick(long nowNanos) {
    assert loop().inEventLoop();
    if (behind != null) {
      behind.values().removeIf(s -> s.reached > 0 && nowNanos - s.reachedAtNanos > SETTLE_NANOS);
      if (behind.isEmpty()) {
        behind = null;
      }
    }
  }

  /// Frees what still waits; the socket is gone.
  public void end() {
    assert loop().inEventLoop();
    if (early != null) {
      early.forEach(OutgoingFrame::release);
      early = null;
    }
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tern.v1.CatchUpPage;
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.ServerFrame;

/// The device of somebody who watches OPEN conversations and is a member of none, as a careful app
/// would behave: it comes back when the socket breaks, and goes on watching what it was watching
/// from where it stands. Owned by one event loop, on which every method is called; ends with
/// [#stop].
public final class Screen {
  private static final int FIRST_BACKOFF_MS = 50;
  private static final int LAST_BACKOFF_MS = 1_000;

  private final Sockets sockets;
  private final EventLoop loop;
  private final Address address;
  private final DeviceName name;
  private final Tokens tokens;
  private final DeviceListener listener;
  private final Random random;

  // What an app would keep while it is open: what it wants to show, and how far it has got.
  private final Set<String> wanted = new TreeSet<>();
  private final Map<String, Standing> standings = new HashMap<>();

  // What ends with the socket.
  private @Nullable Connection connection;
  private @Nullable ScheduledFuture<?> nextConnect;
  private int backoffMs = FIRST_BACKOFF_MS;
  private boolean isStopped;

  /// A screen that is not yet connected.
  public Screen(
      Sockets sockets,
      EventLoop loop,
      Address address,
      DeviceName name,
      Tokens tokens,
      DeviceListener listener,
      Random random) {
    this.sockets = sockets;
    this.loop = loop;
    this.address = address;
    this.name = name;
    this.tokens = tokens;
    this.listener = listener;
    this.random = random;
  }

  /// The loop that owns it.
  public EventLoop loop() {
    return loop;
  }

  /// Whose it is.
  public DeviceName name() {
    return name;
  }

  /// Connects now, and again whenever the socket breaks.
  public void start() {
    isStopped = false;
    connect();
  }

  /// Closes and does not come back by itself; politely, or as a lost network would.
  public void stop(boolean politely) {
    isStopped = true;
    if (nextConnect != null) {
      nextConnect.cancel(false);
      nextConnect = null;
    }
    if (connection != null) {
      connection.leave(politely);
    }
  }

  /// Whether Welcome has come and the socket still stands.
  public boolean isWelcome() {
    return connection != null && connection.isWelcome;
  }

  /// What it wants to show.
  public Set<String> wanted() {
    return Set.copyOf(wanted);
  }

  /// Where it stands in a conversation, if it has ever watched it.
  public Optional<Standing> standing(String conversation) {
    return Optional.ofNullable(standings.get(conversation));
  }

  /// Whether no answer about what it watches is due.
  public boolean isSettled() {
    return connection != null && connection.isWelcome && connection.unsettled.isEmpty();
  }

  /// Wants to watch a conversation from a standing on, or without one the newest of it; nothing
  /// while an answer about it is due.
  public void watch(String conversation, Optional<Standing> from) {
    if (connection != null && connection.isWelcome && connection.unsettled.add(conversation)) {
      wanted.add(conversation);
      connection.ask(OpenFrames.watch(conversation, from));
    }
  }

  /// Does not want to watch a conversation any more; nothing while an answer about it is due.
  public void unwatch(String conversation) {
    if (connection != null && connection.isWelcome && connection.unsettled.add(conversation)) {
      wanted.remove(conversation);
      connection.ask(OpenFrames.unwatch(conversation));
    }
  }

  /// Sends a request now, if there is a session; its answer comes to the listener.
  public void ask(ClientFrame frame) {
    if (connection != null && connection.isWelcome) {
      connection.ask(frame);
    }
  }

  private void connect() {
    nextConnect = null;
    if (connection == null) {
      connection = new Connection();
      sockets.open(loop, address, connection);
    }
  }

  /// One socket's life, from opening to its close.
  private final class Connection implements SocketListener {
    private final Map<Integer, ClientFrame> asked = new HashMap<>();
    // Conversations of which an answer, or the page that it announced, is due.
    private final Set<String> unsettled = new HashSet<>();
    private @Nullable Socket socket;
    private String epoch = "";
    private int lastId;
    private int comeBackAfterMs = -1;
    private boolean isWelcome;
    private boolean isLeaving;

    @Override
    public void opened(Socket opened) {
      socket = opened;
      if (isLeaving) {
        opened.abort();
        return;
      }
      ask(Frames.hello(tokens.tokenFor(name.user()), name, ""));
    }

    @Override
    public void received(Socket from, ServerFrame frame) {
      Optional<ClientFrame> request =
          frame.getId() == 0 ? Optional.empty() : Optional.ofNullable(asked.remove(frame.getId()));
      listener.received(frame, request);
      switch (frame.getFrameCase()) {
        case WELCOME -> welcome(frame);
        case WATCHING -> {
          if (!frame.getWatching().getPageFollows()) {
            stand(request.orElseThrow());
          }
        }
        case UNWATCHED -> unwatched(frame, request);
        case CATCH_UP_PAGE -> apply(frame.getCatchUpPage());
        case ENVELOPE -> stand(frame.getEnvelope().getChanges(), epoch);
        case GOODBYE -> comeBackAfterMs = frame.getGoodbye().getComeBackAfterMs();
        case ERROR -> request.ifPresent(refused -> refused(frame, refused));
        default -> {}
      }
    }

    @Override
    public void closed(int code) {
      isWelcome = false;
      connection = null;
      listener.closed(code);
      int jittered = random.nextInt(backoffMs) + 1;
      backoffMs = Math.min(2 * backoffMs, LAST_BACKOFF_MS);
      if (!isStopped && code < 4500 && nextConnect == null) {
        int waitMs = comeBackAfterMs >= 0 ? comeBackAfterMs : jittered;
        nextConnect = loop.schedule(Screen.this::connect, waitMs, TimeUnit.MILLISECONDS);
      }
    }

    void leave(boolean politely) {
      isLeaving = true;
      isWelcome = false;
      if (socket != null && politely) {
        socket.close();
      } else if (socket != null) {
        socket.abort();
      }
    }

    void ask(ClientFrame frame) {
      if (socket != null && !isLeaving) {
        ClientFrame numbered = frame.toBuilder().setId(++lastId).build();
        asked.put(lastId, numbered);
        listener.sent(numbered);
        socket.send(numbered);
      }
    }

    private void welcome(ServerFrame frame) {
      isWelcome = true;
      backoffMs = FIRST_BACKOFF_MS;
      epoch = frame.getWelcome().getEpoch();
      wanted().forEach(conversation -> watch(conversation, standing(conversation)));
    }

    /// Nothing was missed since where it asked from.
    private void stand(ClientFrame request) {
      String conversation = request.getWatchConversation().getConversationId();
      unsettled.remove(conversation);
      standings.put(conversation, Standing.of(request.getWatchConversation().getPosition()));
    }

    private void stand(Changes changes, String ofEpoch) {
      standings.put(
          changes.getConversationId(),
          new Standing(ofEpoch, changes.getThrough(), changes.getSequence()));
    }

    private void apply(CatchUpPage page) {
      unsettled.remove(page.getChanges().getConversationId());
      stand(page.getChanges(), page.getEpoch());
    }

    private void unwatched(ServerFrame frame, Optional<ClientFrame> request) {
      String conversation = frame.getUnwatched().getConversationId();
      if (request.isPresent()) {
        unsettled.remove(conversation);
      } else {
        wanted.remove(conversation);
      }
    }

    private void refused(ServerFrame frame, ClientFrame refused) {
      if (!refused.hasWatchConversation()) {
        return;
      }
      String conversation = refused.getWatchConversation().getConversationId();
      unsettled.remove(conversation);
      if (!frame.getError().getMayRetry()) {
        wanted.remove(conversation);
        return;
      }
      int waitMs = Math.max(frame.getError().getRetryAfterMs(), FIRST_BACKOFF_MS);
      ScheduledFuture<?> _ =
          loop.schedule(
              () -> {
                if (isWelcome && wanted.contains(conversation)) {
                  watch(conversation, standing(conversation));
                }
              },
              waitMs,
              TimeUnit.MILLISECONDS);
    }
  }
}

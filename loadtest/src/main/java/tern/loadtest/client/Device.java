// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tern.v1.ClientFrame;
import tern.v1.Envelope;
import tern.v1.InboxEntry;
import tern.v1.InboxPage;
import tern.v1.ListInbox;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;

/// A person's device as a careful app would behave: it comes back when the socket breaks, resends
/// what was not accepted, catches up where it is behind. Owned by one event loop, on which every
/// method is called; ends with [#stop].
public final class Device {
  private static final int FIRST_BACKOFF_MS = 50;
  private static final int LAST_BACKOFF_MS = 1_000;
  private static final int OVERTAKEN_MS = 3_000;

  private final Sockets sockets;
  private final EventLoop loop;
  private final Address address;
  private final DeviceName name;
  private final Tokens tokens;
  private final DeviceListener listener;
  private final Random random;

  // What an app would keep on its disk.
  private final Standings standings = new Standings();
  private final Map<String, SendMessage> unaccepted = new LinkedHashMap<>();
  private String cursor = "";

  // What ends with the socket.
  private @Nullable Connection connection;
  private @Nullable ScheduledFuture<?> nextConnect;
  private int backoffMs = FIRST_BACKOFF_MS;
  private boolean isStopped;

  /// A device that is not yet connected.
  public Device(
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

  /// The loop that owns this device.
  public EventLoop loop() {
    return loop;
  }

  /// Who this is.
  public DeviceName name() {
    return name;
  }

  /// Connects now, and again whenever the socket breaks.
  public void start() {
    isStopped = false;
    connect(cursor);
  }

  /// Like [#start], but says that the inbox is known only up to `olderCursor`.
  public void startFrom(String olderCursor) {
    isStopped = false;
    connect(olderCursor);
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

  /// The cursor of the newest inbox page.
  public String cursor() {
    return cursor;
  }

  /// Where this device stands in a conversation, if it has opened it.
  public Optional<Standing> standing(String conversation) {
    return standings.of(conversation);
  }

  /// The conversations that this device has opened.
  public Set<String> conversations() {
    return standings.conversations();
  }

  /// How many messages still wait for Accepted.
  public int unaccepted() {
    return unaccepted.size();
  }

  /// Keeps the message until it is accepted or refused for good; sends it as soon as possible.
  public void send(SendMessage message) {
    unaccepted.put(message.getClientMessageId(), message);
    if (isWelcome()) {
      ask(ClientFrame.newBuilder().setSendMessage(message).build());
    }
  }

  /// Sends a request now, if there is a session; its answer comes to the listener.
  public void ask(ClientFrame frame) {
    if (connection != null && connection.isWelcome) {
      connection.ask(frame);
    }
  }

  /// Catches up from where the device stands, unless that is already under way.
  public void catchUp(String conversation) {
    if (connection != null && connection.isWelcome) {
      connection.catchUp(conversation, standings.of(conversation));
    }
  }

  /// Catches up from an older standing, as if the newer one had been lost.
  public void catchUpFrom(String conversation, Standing older) {
    if (connection != null && connection.isWelcome) {
      connection.catchUp(conversation, Optional.of(older));
    }
  }

  /// Tells the server where this device stands in a conversation.
  public void acknowledge(String conversation) {
    standings
        .of(conversation)
        .ifPresent(standing -> ask(Frames.acknowledge(conversation, standing)));
  }

  private void connect(String fromCursor) {
    nextConnect = null;
    if (connection == null) {
      connection = new Connection(fromCursor);
      sockets.open(loop, address, connection);
    }
  }

  private void comeBack(int waitMs) {
    if (!isStopped && nextConnect == null) {
      nextConnect = loop.schedule(() -> connect(cursor), waitMs, TimeUnit.MILLISECONDS);
    }
  }

  /// The conversation list is absolute: what it says replaces what was known.
  private void learn(Connection here, Iterable<InboxEntry> entries) {
    for (InboxEntry entry : entries) {
      note(here, entry);
      follow(here, entry.getConversation().getConversationId());
    }
  }

  private void note(Connection here, InboxEntry entry) {
    String conversation = entry.getConversation().getConversationId();
    if (entry.getRemoved()) {
      here.abandon(conversation);
      standings.forget(conversation);
    } else {
      standings.note(conversation, entry.getRevision());
    }
  }

  private void follow(Connection here, String conversation) {
    if (standings.isBehind(conversation)) {
      here.catchUp(conversation, standings.of(conversation));
    }
  }

  /// News of the list may overtake the live events that it counts: those get a moment to arrive.
  private void learnLater(Connection here, List<InboxEntry> entries) {
    for (InboxEntry entry : entries) {
      String conversation = entry.getConversation().getConversationId();
      note(here, entry);
      if (standings.of(conversation).isEmpty()) {
        follow(here, conversation);
      } else {
        here.later(OVERTAKEN_MS, () -> follow(here, conversation));
      }
    }
  }

  /// One socket's life, from opening to its close.
  private final class Connection implements SocketListener {
    private final String fromCursor;
    private final Map<Integer, ClientFrame> asked = new HashMap<>();
    private final Map<String, Integer> catchingUp = new HashMap<>();
    private final Set<String> abandoned = new HashSet<>();
    private @Nullable Socket socket;
    private String epoch = "";
    private int lastId;
    private int comeBackAfterMs = -1;
    private boolean isWelcome;
    private boolean isLeaving;

    Connection(String fromCursor) {
      this.fromCursor = fromCursor;
    }

    @Override
    public void opened(Socket opened) {
      socket = opened;
      if (isLeaving) {
        opened.abort();
        return;
      }
      ask(listener.greet(Frames.hello(tokens.tokenFor(name.user()), name, fromCursor)));
    }

    @Override
    public void received(Socket from, ServerFrame frame) {
      Optional<ClientFrame> request = answered(frame);
      listener.received(frame, request);
      switch (frame.getFrameCase()) {
        case WELCOME -> welcome(frame);
        case ACCEPTED -> unaccepted.remove(frame.getAccepted().getClientMessageId());
        case ENVELOPE -> apply(frame.getEnvelope());
        case CATCH_UP_PAGE -> apply(frame);
        case INBOX_UPDATE -> learnLater(this, frame.getInboxUpdate().getEntriesList());
        case INBOX_PAGE -> apply(frame.getInboxPage());
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
      if (code >= 4500) {
        isStopped = true;
      }
      int jittered = random.nextInt(backoffMs) + 1;
      backoffMs = Math.min(2 * backoffMs, LAST_BACKOFF_MS);
      comeBack(comeBackAfterMs >= 0 ? comeBackAfterMs : jittered);
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

    void catchUp(String conversation, Optional<Standing> from) {
      if (!catchingUp.containsKey(conversation)) {
        catchingUp.put(conversation, lastId + 1);
        ask(Frames.catchUp(conversation, from));
      }
    }

    private Optional<ClientFrame> answered(ServerFrame frame) {
      boolean isLast = !frame.hasCatchUpPage() || frame.getCatchUpPage().getLive();
      return frame.getId() == 0
          ? Optional.empty()
          : Optional.ofNullable(isLast ? asked.remove(frame.getId()) : asked.get(frame.getId()));
    }

    private void welcome(ServerFrame frame) {
      isWelcome = true;
      backoffMs = FIRST_BACKOFF_MS;
      epoch = frame.getWelcome().getEpoch();
      apply(frame.getWelcome().getInbox());
      List.copyOf(standings.listed()).forEach(conversation -> follow(this, conversation));
      for (SendMessage message : unaccepted.values()) {
        ask(ClientFrame.newBuilder().setSendMessage(message).build());
      }
    }

    private void apply(InboxPage page) {
      learn(this, page.getEntriesList());
      if (!page.getNextPage().isEmpty()) {
        ask(
            ClientFrame.newBuilder()
                .setListInbox(ListInbox.newBuilder().setPage(page.getNextPage()))
                .build());
      } else if (!page.getCursor().isEmpty()) {
        cursor = page.getCursor();
      }
    }

    private void apply(Envelope envelope) {
      String conversation = envelope.getChanges().getConversationId();
      if (!standings.apply(epoch, envelope.getChanges())) {
        catchUp(conversation, standings.of(conversation));
      }
    }

    private void apply(ServerFrame frame) {
      String conversation = frame.getCatchUpPage().getChanges().getConversationId();
      boolean fits = abandoned.contains(conversation) || standings.apply(frame.getCatchUpPage());
      if (frame.getCatchUpPage().getLive()) {
        catchingUp.remove(conversation, frame.getId());
        if (abandoned.remove(conversation)) {
          follow(this, conversation);
        } else if (!fits) {
          catchUp(conversation, standings.of(conversation));
        }
      }
    }

    /// The user is no member any more: what the catch-up that runs still brings is of the past.
    void abandon(String conversation) {
      if (catchingUp.containsKey(conversation)) {
        abandoned.add(conversation);
      }
    }

    private void refused(ServerFrame frame, ClientFrame refused) {
      boolean mayRetry = frame.getError().getMayRetry();
      int waitMs = Math.max(frame.getError().getRetryAfterMs(), FIRST_BACKOFF_MS);
      if (refused.hasCatchUp()) {
        String conversation = refused.getCatchUp().getConversationId();
        catchingUp.remove(conversation, frame.getId());
        if (abandoned.remove(conversation)) {
          follow(this, conversation);
        } else if (mayRetry) {
          later(waitMs, () -> catchUp(conversation, standings.of(conversation)));
        } else {
          standings.forget(conversation);
        }
      } else if (refused.hasSendMessage()) {
        String id = refused.getSendMessage().getClientMessageId();
        if (!mayRetry) {
          unaccepted.remove(id);
        } else if (unaccepted.containsKey(id)) {
          later(waitMs, () -> askUnlessAnswered(refused, id));
        }
      }
    }

    /// Not what a repeat has settled meanwhile: nobody would send that again after a lost session.
    private void askUnlessAnswered(ClientFrame refused, String id) {
      if (unaccepted.containsKey(id)) {
        ask(refused);
      }
    }

    private void later(int waitMs, Runnable step) {
      ScheduledFuture<?> _ =
          loop.schedule(
              () -> {
                if (isWelcome) {
                  step.run();
                }
              },
              waitMs,
              TimeUnit.MILLISECONDS);
    }
  }
}

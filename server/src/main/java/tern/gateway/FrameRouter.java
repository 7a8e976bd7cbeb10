// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import tern.auth.Identity;
import tern.gateway.device.DeviceRequests;
import tern.gateway.people.PeopleFrames;
import tern.gateway.people.PeopleRequests;
import tern.gateway.request.Asker;
import tern.gateway.request.Features;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.Sends;
import tern.id.ConversationId;
import tern.message.Draft;
import tern.moderation.Author;
import tern.presence.Subscription;
import tern.push.ledger.PushPlace;
import tern.session.Session;
import tern.v1.Acknowledge;
import tern.v1.AppState;
import tern.v1.AppStateSet;
import tern.v1.CatchUp;
import tern.v1.ClientFrame;
import tern.v1.Pong;
import tern.v1.RegisterDevice;
import tern.v1.SendMessage;
import tern.v1.ServerFrame;
import tern.v1.SetTyping;
import tern.v1.SubscribePresence;
import tern.v1.WatchConversation;

/// One switch over all frames: the table of contents of what a client can do. Runs on the session's
/// event loop; whatever blocks is asked of a worker.
final class FrameRouter {
  private final SessionSocket socket;
  private final SessionRules rules;
  private final Features features;
  private final Sends sends;
  private final SocketWatches watches;
  private final DeviceRequests devices;

  FrameRouter(SessionSocket socket, SessionRules rules, Features features) {
    this.socket = socket;
    this.rules = rules;
    this.features = features;
    this.sends = rules.requests().sends();
    this.watches = new SocketWatches(socket, rules.watching());
    this.devices = new DeviceRequests(features.people().devices());
  }

  SocketWatches watches() {
    return watches;
  }

  void route(Session session, ClientFrame frame) {
    int id = frame.getId();
    switch (frame.getFrameCase()) {
      case SEND_MESSAGE -> send(session, id, frame.getSendMessage());
      case ACKNOWLEDGE -> acknowledge(session, frame.getAcknowledge());
      case SET_TYPING -> setTyping(session, id, frame.getSetTyping());
      case CATCH_UP -> catchUp(session, id, frame.getCatchUp());
      case PING -> pong(id);
      case SET_APP_STATE -> setAppState(session, id, frame.getSetAppState().getAppState());
      case REFRESH_TOKEN -> socket.refresh(session, id, frame.getRefreshToken().getAccessToken());
      case SUBSCRIBE_PRESENCE -> subscribe(session, id, frame.getSubscribePresence());
      case WATCH_CONVERSATION -> watch(session, id, frame.getWatchConversation());
      case UNWATCH_CONVERSATION -> watches.unwatch(id, frame.getUnwatchConversation());
      case READ_HISTORY -> readHistory(session, id, frame);
      case REGISTER_DEVICE -> registerDevice(session, id, frame.getRegisterDevice());
      case FORGET_DEVICE -> forgetDevice(session, id);
      case LIST_DEVICES -> listDevices(session, id);
      case REPORT_PUSH -> ask(session, id, ofOwnDevice(session, frame));
      case HELLO, FRAME_NOT_SET ->
          throw new IllegalStateException("the connection lets neither through");
      // All that may block; Requests has a case for each, or does not compile.
      default -> ask(session, id, frame);
    }
  }

  private void ask(Session session, int id, ClientFrame frame) {
    rules.requests().admitUser(frame.getFrameCase());
    Asker asker = asker(session);
    socket.ask(id, () -> rules.requests().answer(asker, frame));
  }

  private Asker asker(Session session) {
    return Asker.user(session.user(), socket.address(), session.token().grants());
  }

  private void watch(Session session, int id, WatchConversation it) {
    sends.takeTurn(asker(session));
    watches.watch(session, id, it);
  }

  private void readHistory(Session session, int id, ClientFrame frame) {
    if (watches.showsTo(frame.getReadHistory().getConversationId())) {
      socket.ask(id, () -> rules.requests().watchedHistory(frame.getReadHistory()));
    } else {
      ask(session, id, frame);
    }
  }

  private void registerDevice(Session session, int id, RegisterDevice it) {
    sends.takeTurn(asker(session));
    Identity token = session.token();
    socket.ask(id, () -> devices.register(token, session.device(), it));
  }

  private void forgetDevice(Session session, int id) {
    sends.takeTurn(asker(session));
    socket.ask(
        id,
        () ->
            ServerFrame.newBuilder()
                .setDeviceForgotten(devices.forget(session.user(), session.device())));
  }

  private void listDevices(Session session, int id) {
    socket.ask(id, () -> ServerFrame.newBuilder().setDevices(devices.list(session.user())));
  }

  private static ClientFrame ofOwnDevice(Session session, ClientFrame frame) {
    ClientFrame.Builder own = frame.toBuilder();
    own.getReportPushBuilder().setDeviceId(session.device().value());
    return own.build();
  }

  private void send(Session session, int id, SendMessage send) {
    Draft draft = sends.draft(asker(session), send);
    socket.requestBegun();
    sends.submit(draft, Author.USER, outcome -> socket.later(() -> sent(id, outcome)));
  }

  private void sent(int id, Sends.Outcome outcome) {
    try {
      socket.send(outcome.get().setId(id));
    } catch (RequestRefused refusal) {
      socket.refuse(id, refusal);
    }
    socket.requestEnded();
  }

  // In the background nobody has seen it: it counts as delivered, and may yet be pushed.
  private void acknowledge(Session session, Acknowledge it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    long sequence = FromWire.sequence("sequence", it.getSequence());
    features.receipts().acknowledge(conversation, session.user(), sequence);
    if (session.isForeground()) {
      features
          .people()
          .marks()
          .acknowledge(new PushPlace(session.user(), session.device(), conversation), sequence);
    }
  }

  private void setTyping(Session session, int id, SetTyping it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    // A hint: when the node is busy it is dropped.
    socket.block(
        () ->
            features
                .typing()
                .tell(
                    session,
                    conversation,
                    News.typing(conversation, session.user(), it.getTyping())),
        told -> {
          if (!told && id != 0) {
            socket.refuse(id, RequestRefused.noConversation());
          }
        },
        refusal -> {
          if (id != 0) {
            socket.refuse(id, refusal);
          }
        });
  }

  private void catchUp(Session session, int id, CatchUp it) {
    ConversationId conversation = FromWire.conversation(it.getConversationId());
    var position = FromWire.position(it);
    socket.requestBegun();
    try {
      new CatchUpRun(socket, session, features, id, conversation).from(position);
    } catch (RequestRefused refusal) {
      socket.requestEnded();
      throw refusal;
    }
  }

  private void subscribe(Session session, int id, SubscribePresence it) {
    var users = PeopleRequests.watched(it);
    socket.ask(
        id,
        () -> features.people().presence().watch(session, users),
        (Subscription subscribed) -> {
          socket.send(PeopleFrames.presence(subscribed.views(), subscribed.isLive()).setId(id));
          subscribed.answered().run();
        });
  }

  private void pong(int id) {
    socket.send(
        ServerFrame.newBuilder()
            .setId(id)
            .setPong(Pong.newBuilder().setServerTimeMs(Greeting.now(rules.clock()))));
  }

  private void setAppState(Session session, int id, AppState state) {
    if (state != AppState.APP_STATE_FOREGROUND && state != AppState.APP_STATE_BACKGROUND) {
      throw RequestRefused.invalid("app_state: unspecified (expected: foreground or background)");
    }
    boolean wasLooking = session.isForeground();
    session.setForeground(Greeting.isForeground(state));
    if (wasLooking || session.isForeground()) {
      features.people().presence().looked(session.user());
    }
    socket.send(
        ServerFrame.newBuilder()
            .setId(id)
            .setAppStateSet(AppStateSet.newBuilder().setAppState(state)));
  }
}

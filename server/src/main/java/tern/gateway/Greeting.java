// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import tern.auth.Identity;
import tern.auth.Judgement;
import tern.device.DeviceState;
import tern.gateway.device.DeviceFrames;
import tern.gateway.request.Features;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.ToWire;
import tern.gateway.socket.Connection;
import tern.id.DeviceId;
import tern.id.InstanceId;
import tern.message.inbox.InboxPage;
import tern.session.CloseCode;
import tern.session.Session;
import tern.session.Sessions.Registration;
import tern.v1.AppState;
import tern.v1.Hello;
import tern.v1.Limits;
import tern.v1.ServerFrame;
import tern.v1.Welcome;

/// What `Hello` asks for and `Welcome` tells.
final class Greeting {
  private static final int INBOX_ENTRIES = 20;
  private static final int MAX_PAGE_ENTRIES = 100;

  private Greeting() {}

  /// The session that a Hello describes; refuses improper ids.
  static Session session(Connection connection, Identity identity, Hello hello, Clock clock) {
    try {
      return new Session(
          connection.id(),
          identity,
          new DeviceId(hello.getDeviceId()),
          new InstanceId(hello.getInstanceId()),
          connection.outbox(),
          isForeground(hello.getAppState()),
          clock.instant());
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid(String.valueOf(e.getMessage()));
    }
  }

  static boolean isForeground(AppState state) {
    return state != AppState.APP_STATE_BACKGROUND;
  }

  /// What became of a Hello whose token verified.
  sealed interface Outcome {
    /// The session is live.
    record Welcomed(ServerFrame.Builder welcome) implements Outcome {}

    /// The session was not let in.
    record SentAway(CloseCode code) implements Outcome {}
  }

  /// Lets the session in, unless its token is revoked, and reads what the client needs to begin.
  /// Blocks.
  static Outcome admit(Session session, Hello hello, SessionRules rules, Features features) {
    Optional<DeviceState> told = DeviceFrames.told(hello);
    // Before it is known to anybody: a revoked token must not even replace a session.
    Judgement judgement = rules.admission().revocations().judge(session.token(), session.device());
    if (judgement != Judgement.GOOD) {
      return sentAway(judgement);
    }
    // Registers first and reads then: what is committed in between reaches the session live.
    switch (rules.sessions().register(session)) {
      case Registration.TooMany() -> {
        return new Outcome.SentAway(CloseCode.TOO_MANY_SESSIONS);
      }
      case Registration.Registered(var replaced) -> replaced.ifPresent(Greeting::replace);
    }
    // A device that can be pushed to is known to be connected.
    judgement = features.people().devices().seen(session.token(), session.device(), told);
    if (judgement != Judgement.GOOD) {
      return sentAway(judgement);
    }
    if (session.isForeground()) {
      features.people().presence().looked(session.user());
    }
    return new Outcome.Welcomed(welcome(session, hello, rules, features));
  }

  private static Outcome sentAway(Judgement judgement) {
    return new Outcome.SentAway(
        judgement == Judgement.BARRED ? CloseCode.BARRED : CloseCode.UNAUTHENTICATED);
  }

  private static void replace(Session earlier) {
    earlier.loop().execute(() -> earlier.outbox().close(CloseCode.REPLACED, Duration.ZERO));
  }

  private static ServerFrame.Builder welcome(
      Session session, Hello hello, SessionRules rules, Features features) {
    InboxPage inbox;
    try {
      inbox = features.inbox().since(session.user(), hello.getInboxCursor(), INBOX_ENTRIES);
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid(String.valueOf(e.getMessage()));
    }
    return ServerFrame.newBuilder()
        .setWelcome(
            Welcome.newBuilder()
                .setUserId(session.user().value())
                .setSessionId(session.id())
                .setEpoch(features.catchUp().epoch())
                .setServerTimeMs(now(rules.clock()))
                .setTokenExpiresAtMs(session.token().expiresAt().toEpochMilli())
                .setInbox(ToWire.inboxPage(inbox))
                .setLimits(limits(rules)));
  }

  static long now(Clock clock) {
    return clock.instant().toEpochMilli();
  }

  private static Limits limits(SessionRules rules) {
    return Limits.newBuilder()
        .setMaxFrameBytes(rules.gateway().maxFrameBytes())
        .setMaxContentBytes(rules.limits().contentBytes())
        .setMaxMetadataBytes(rules.limits().metadataBytes())
        .setMaxPageEntries(MAX_PAGE_ENTRIES)
        .setMaxGroupMembers(tern.conversation.Membership.MAX_MEMBERS)
        .setMaxRequestsInFlight(rules.limits().requestsInFlight())
        .setPingIntervalMs((int) rules.gateway().pingInterval().toMillis())
        .setEditWindowMs(rules.limits().editWindow().toMillis())
        .build();
  }
}

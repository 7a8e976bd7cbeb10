// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.time.Clock;
import tern.auth.Identity;
import tern.gateway.request.Features;
import tern.gateway.request.RequestRefused;
import tern.gateway.request.ToWire;
import tern.gateway.socket.Connection;
import tern.id.DeviceId;
import tern.id.InstanceId;
import tern.message.inbox.InboxPage;
import tern.session.Session;
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
  static Session session(Connection connection, Identity identity, Hello hello) {
    try {
      return new Session(
          connection.id(),
          identity.user(),
          new DeviceId(hello.getDeviceId()),
          new InstanceId(hello.getInstanceId()),
          connection.outbox(),
          isForeground(hello.getAppState()));
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid(String.valueOf(e.getMessage()));
    }
  }

  static boolean isForeground(AppState state) {
    return state != AppState.APP_STATE_BACKGROUND;
  }

  /// Reads what the client needs to begin. Blocks.
  static ServerFrame.Builder welcome(
      Session session, Identity identity, Hello hello, SessionRules rules, Features features) {
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
                .setTokenExpiresAtMs(identity.expiresAt().toEpochMilli())
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

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tern.device.PushRegistration;
import tern.id.ConversationId;

/// SamplePushes for tests.
public final class SamplePushes {
  /// What all of them are about.
  public static final ConversationId CONVERSATION =
      ConversationId.parse("0b6e2f5c-8a52-4d0e-9c59-3f1f0d6a7b11");

  private SamplePushes() {}

  /// An audible banner of one message.
  public static Push banner(PushRegistration to, String title, String text) {
    return push(to, banner(title, text));
  }

  /// Takes the conversation's banner away.
  public static Push clear(PushRegistration to) {
    return push(to, new Push.Clear());
  }

  /// With this payload, good for an hour.
  public static Push push(PushRegistration to, Push.Payload payload) {
    return new Push(
        to, Optional.of(CONVERSATION), 41, 3, Instant.now().plus(Duration.ofHours(1)), payload);
  }

  /// Audible, with nothing else.
  public static Push.Banner banner(String title, String text) {
    return new Push.Banner(title, text, true, false, Optional.empty(), Optional.empty(), List.of());
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.util.Set;
import tern.push.apns.ApnsConfig;
import tern.push.fcm.FcmConfig;
import tern.push.webpush.WebPushConfig;

/// How pushes look, and through which services they go.
///
/// @param content what a push tells of a message: `none`, `sender` or `full`
/// @param link what tapping a banner opens, with `{conversation}` and `{sequence}` in it; empty:
///     the app
public record PushConfig(
    String content, String link, ApnsConfig apns, FcmConfig fcm, WebPushConfig webPush) {
  /// Refuses nonsense.
  public PushConfig {
    if (!Set.of("none", "sender", "full").contains(content)) {
      throw new IllegalArgumentException(
          "push.content: " + content + " (expected: none, sender or full)");
    }
  }
}

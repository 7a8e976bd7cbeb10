// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.time.Duration;
import java.util.Set;
import tern.push.apns.ApnsConfig;
import tern.push.decision.PushTimings;
import tern.push.fcm.FcmConfig;
import tern.push.webpush.WebPushConfig;

/// How pushes look, and through which services they go.
///
/// @param content what a push tells of a message: `none`, `sender` or `full`
/// @param link what tapping a banner opens, with `{conversation}` and `{sequence}` in it; empty:
///     the app
/// @param templates a folder with the app's own texts, see [tern.push.text.PushTexts#of]; empty:
///     Tern's
/// @param timeToLive for how long after its message a push is of use, 1 minute to 28 days
/// @param timings how long devices are waited for
/// @param forgetDevicesAfter for how long a device may not be there before it is forgotten: a day
///     to ten years
public record PushConfig(
    String content,
    String link,
    String templates,
    Duration timeToLive,
    PushTimings timings,
    Duration forgetDevicesAfter,
    ApnsConfig apns,
    FcmConfig fcm,
    WebPushConfig webPush) {
  private static final Duration LEAST = Duration.ofMinutes(1);
  // FCM keeps none longer.
  private static final Duration MOST = Duration.ofDays(28);
  private static final Duration SHORTEST_MEMORY = Duration.ofDays(1);
  private static final Duration LONGEST_MEMORY = Duration.ofDays(3_650);

  /// Refuses nonsense.
  public PushConfig {
    if (timeToLive.compareTo(LEAST) < 0 || timeToLive.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "push.time_to_live: " + timeToLive + " (expected: 1m to 672h)");
    }
    if (!Set.of("none", "sender", "full").contains(content)) {
      throw new IllegalArgumentException(
          "push.content: " + content + " (expected: none, sender or full)");
    }
    if (forgetDevicesAfter.compareTo(SHORTEST_MEMORY) < 0
        || forgetDevicesAfter.compareTo(LONGEST_MEMORY) > 0) {
      throw new IllegalArgumentException(
          "push.forget_devices_after: "
              + forgetDevicesAfter.toHours()
              + "h (expected: 24h to 87600h)");
    }
  }

  /// What the demo uses: banners say what was written, as long as no push service gets to see them.
  public PushConfig forDemo() {
    return apns.isOn() || fcm.isOn() || webPush.isSet()
        ? this
        : new PushConfig(
            "full", link, templates, timeToLive, timings, forgetDevicesAfter, apns, fcm, webPush);
  }
}

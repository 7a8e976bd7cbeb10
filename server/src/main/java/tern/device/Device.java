// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import tern.id.DeviceId;
import tern.id.UserId;

/// One installation of the app of one user, as it last told of itself.
///
/// @param registration where to push to; empty: it can't be woken
/// @param locale of its texts, a language tag (BCP 47) such as `de-AT`; empty: not told
/// @param timeZone where it is; empty: not told
/// @param appVersion the app's own, at most 64 characters; empty: not told
/// @param registeredAt when its registration was last told
/// @param seenAt when it was last connected, give or take an hour
public record Device(
    UserId user,
    DeviceId id,
    Optional<PushRegistration> registration,
    String locale,
    Optional<ZoneId> timeZone,
    String appVersion,
    Instant registeredAt,
    Instant seenAt) {}

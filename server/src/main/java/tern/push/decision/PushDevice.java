// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.decision;

import tern.device.DeviceStanding;

/// One device of a recipient, and what is known of it about one message.
///
/// @param isRegistered whether there is an address to push to
/// @param hasAcknowledged whether it has shown in the foreground that it knows of the message
/// @param anotherKnows whether another device of the user is in the foreground and has
///     acknowledged the message
public record PushDevice(
    boolean isRegistered, DeviceStanding standing, boolean hasAcknowledged, boolean anotherKnows) {}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.time.Duration;

/// What the node was told of how long it waits before it pushes, and how long the push services
/// take for an answer.
///
/// @param grace for a device at which somebody looks to acknowledge, from the message on
/// @param unknown the same of a device of which the node, which has just begun, knows nothing
/// @param elsewhere for the user to read on another device
/// @param comeBack for a device that has just left to be back
/// @param pause for more to come, once a conversation has been told of on a device
/// @param answer how long a push service takes
public record PushTimes(
    Duration grace,
    Duration unknown,
    Duration elsewhere,
    Duration comeBack,
    Duration pause,
    Duration answer) {}

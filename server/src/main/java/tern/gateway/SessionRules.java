// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.time.Clock;
import tern.auth.Admission;
import tern.gateway.request.LimitsConfig;
import tern.gateway.request.Requests;
import tern.gateway.socket.GatewayConfig;
import tern.session.Sessions;

/// What holds for every session of this node.
///
/// @param admission who comes in
/// @param requests answers what needs no socket
/// @param watching lets sessions watch
public record SessionRules(
    Sessions sessions,
    Admission admission,
    LimitsConfig limits,
    GatewayConfig gateway,
    Workers workers,
    Requests requests,
    WatchDesk watching,
    Clock clock) {}

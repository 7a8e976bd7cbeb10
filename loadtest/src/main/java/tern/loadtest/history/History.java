// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// All that is known of a run: what each client saw, what the store held at the end, of
/// conversations and of people, the lives of the server in between, its pushes, and when it began,
/// in milliseconds since 1970. The judge needs nothing else.
public record History(
    List<ClientLog> clients,
    List<Stored> conversations,
    People people,
    List<Life> lives,
    List<Witnessed> witnessed,
    PushHistory pushes,
    long beganAtMs) {}

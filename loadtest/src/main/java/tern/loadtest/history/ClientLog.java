// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// Everything that one client saw, in order. An outsider is a member of nothing, ever; `grants` is
/// what their access token lets them watch.
public record ClientLog(
    String client, String user, boolean outsider, List<String> grants, List<Seen> seen) {}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// How far a member has come, as somebody was shown it.
public record MarkerSeen(String user, long delivered, long read) {}

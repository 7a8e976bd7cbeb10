// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// A membership, as somebody was shown it or as the store keeps it.
public record MemberSeen(String user, int role, long revision, boolean removed, long visibleFrom) {}

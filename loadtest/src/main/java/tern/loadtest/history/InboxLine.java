// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// One line of the conversation list, as somebody was shown it; `lastSequence` is 0 when it shows
/// no message.
public record InboxLine(
    String conversation,
    boolean removed,
    long lastSequence,
    int unread,
    MarkerSeen marker,
    long revision,
    long sequence,
    long activeAtMs) {}

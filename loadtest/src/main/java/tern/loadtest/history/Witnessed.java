// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// Whether a message stood in the store at the moment its Accepted arrived, by SQL of our own.
public record Witnessed(
    long at, String conversation, long sequence, String clientMessageId, boolean found) {}

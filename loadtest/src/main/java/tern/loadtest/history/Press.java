// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// A press of a card's button, as somebody wanted it (number 0), was told of it, or as the store
/// noted it.
public record Press(
    String conversation,
    long sequence,
    long number,
    String user,
    String button,
    String value,
    String pressId) {}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

/// Where a client stands in a conversation. Every unchanged message up to the sequence has a
/// revision up to the revision, every later one a higher; positions compare by revision alone.
///
/// @param epoch the life of the store that the numbers belong to
public record Position(String epoch, long revision, long sequence) {}

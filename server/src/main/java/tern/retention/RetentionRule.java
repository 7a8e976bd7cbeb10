// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.retention;

import java.util.OptionalLong;

/// What holds for one conversation.
///
/// @param seconds of its own; empty: as its kind says; 0: for ever
/// @param firstSequence the oldest message that is kept
public record RetentionRule(OptionalLong seconds, long firstSequence) {}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import java.util.Optional;
import tern.push.PushOutcome;

/// How a wake ended.
///
/// @param outcome what the push service said; empty: it never went, and is to be looked at again in
///     a moment
/// @param stored whether it may stand in the store: what went at once does not
public record Ended(Wake wake, Optional<PushOutcome> outcome, boolean stored) {}

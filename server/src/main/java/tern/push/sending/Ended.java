// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import java.util.Optional;
import tern.push.PushOutcome;

/// How a wake ended.
///
/// @param outcome what the push service said; empty: it never went, and is to be looked at again in
///     a moment
public record Ended(Wake wake, Optional<PushOutcome> outcome) {}

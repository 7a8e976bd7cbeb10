// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What the app does not want to be said: the rules, and what they find in a text. Start reading at
/// [tern.moderation.rule.RuleSet].
@NullMarked
package tern.moderation.rule;

import org.jspecify.annotations.NullMarked;

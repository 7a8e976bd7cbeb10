// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

/// A part of a text, in UTF-16 code units.
record Place(int start, int end) {}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of the promises of [tern.conversation.rules], through a running node.
@NullMarked
package tern.conversation.rules;

import org.jspecify.annotations.NullMarked;

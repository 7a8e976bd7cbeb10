// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tests of the promises of [tern.user.report], through a running node.
@NullMarked
package tern.user.report;

import org.jspecify.annotations.NullMarked;

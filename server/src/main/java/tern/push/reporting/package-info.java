// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What devices tell of their pushes. Start reading at [tern.push.reporting.PushReports].
@NullMarked
package tern.push.reporting;

import org.jspecify.annotations.NullMarked;

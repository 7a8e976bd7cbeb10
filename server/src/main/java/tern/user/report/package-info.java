// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What users report to the app's moderators. Start reading at [tern.user.report.Reports].
@NullMarked
package tern.user.report;

import org.jspecify.annotations.NullMarked;

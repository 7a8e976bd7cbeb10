// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What the app's backend brings along from elsewhere. Start reading at
/// [tern.api.past.HistoryImport].
@NullMarked
package tern.api.past;

import org.jspecify.annotations.NullMarked;

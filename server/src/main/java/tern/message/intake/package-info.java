// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// The lanes in which messages and their changes are checked, numbered and kept, in one transaction
/// for many. Start reading at [tern.message.intake.MessageIntake].
@NullMarked
package tern.message.intake;

import org.jspecify.annotations.NullMarked;

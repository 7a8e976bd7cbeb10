// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// From wish to fact: a message is checked, numbered and kept, in one transaction for many; and
/// what is kept is read again. Start reading at [tern.message.intake.MessageIntake].
@NullMarked
package tern.message;

import org.jspecify.annotations.NullMarked;

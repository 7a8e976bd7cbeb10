// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Ways into a group that need nobody to add the one who comes: tokens and keys. Start reading at
/// [tern.conversation.invitation.Invitations], then [tern.conversation.invitation.Joining].
@NullMarked
package tern.conversation.invitation;

import org.jspecify.annotations.NullMarked;

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What those who lead a group can ask for, and the words for what happens to it. Start reading at
/// [tern.gateway.governance.GovernanceRequests].
@NullMarked
package tern.gateway.governance;

import org.jspecify.annotations.NullMarked;

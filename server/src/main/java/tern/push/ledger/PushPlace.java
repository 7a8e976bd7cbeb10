// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;

/// Where at most one banner is: a conversation on a user's device.
public record PushPlace(UserId user, DeviceId device, ConversationId conversation) {}

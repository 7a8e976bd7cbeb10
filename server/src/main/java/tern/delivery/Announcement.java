// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import tern.conversation.MemberList;
import tern.id.ConversationId;
import tern.session.OutgoingFrame;

/// A committed change of a conversation, on its way to the members' sessions. It holds nothing that
/// depends on its reader, so it is encoded once for all.
///
/// @param revision the revision it took
/// @param members who is a member, at least as new as that revision
/// @param frame the envelope's bytes; whoever delivers the announcement releases them
public record Announcement(
    ConversationId conversation, long revision, MemberList members, OutgoingFrame frame) {}

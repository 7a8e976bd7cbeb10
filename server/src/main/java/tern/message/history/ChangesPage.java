// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import java.util.List;
import java.util.Optional;
import tern.conversation.Conversation;
import tern.conversation.Member;
import tern.id.ConversationId;
import tern.message.StoredMessage;
import tern.message.quote.Quote;

/// What changed in a conversation between two revisions, read in one snapshot; each changed thing
/// once.
///
/// @param after the revision that it begins after; 0 on a reset
/// @param through the revision that it goes through
/// @param sequence the highest sequence at `through`
/// @param conversation set when the conversation itself changed
/// @param messages by revision, ascending; on a reset by sequence
/// @param head whether there was nothing beyond `through`
/// @param reset set when the position could not be continued from
/// @param hasBefore on a reset: whether earlier messages may be read
/// @param markers at the head: one's own, and the others' where they are few
/// @param quotes what the messages answer and the page does not hold, ascending, as the snapshot
///     has them: a change of theirs beyond `through` shows already, and comes once more with a
///     later page
public record ChangesPage(
    ConversationId id,
    long after,
    long through,
    long sequence,
    Optional<Conversation> conversation,
    List<Member> members,
    List<StoredMessage> messages,
    boolean head,
    Optional<ResetReason> reset,
    boolean hasBefore,
    List<MemberMarker> markers,
    List<Quote> quotes) {}

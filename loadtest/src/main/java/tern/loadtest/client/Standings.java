// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.v1.CatchUpPage;
import tern.v1.Changes;

/// Where a device stands in each of its conversations, by the `after`/`through` rule, and how far
/// the list says that each has come. Outlives the device's sockets; owned by its event loop.
final class Standings {
  private final Map<String, Standing> byConversation = new HashMap<>();
  // Kept, since the list's cursor does not tell of it a second time.
  private final Map<String, Long> listed = new HashMap<>();

  Optional<Standing> of(String conversation) {
    return Optional.ofNullable(byConversation.get(conversation));
  }

  Set<String> conversations() {
    return byConversation.keySet();
  }

  Set<String> listed() {
    return listed.keySet();
  }

  /// Takes what the list says of a conversation that the user is a member of.
  void note(String conversation, long revision) {
    listed.merge(conversation, revision, Math::max);
  }

  /// Whether the list tells of more than the device has.
  boolean isBehind(String conversation) {
    Long revision = listed.get(conversation);
    Standing mine = byConversation.get(conversation);
    return revision != null && (mine == null || mine.revision() < revision);
  }

  /// Takes a live step; false when something before it was missed.
  boolean apply(String epoch, Changes step) {
    Standing mine = byConversation.get(step.getConversationId());
    if (mine == null || mine.revision() < step.getAfter()) {
      return false;
    }
    if (mine.revision() < step.getThrough()) {
      stand(step, epoch);
    }
    return true;
  }

  /// Takes a page of catch-up; false when it does not continue what the device has.
  boolean apply(CatchUpPage page) {
    if (page.hasReset()) {
      stand(page.getChanges(), page.getEpoch());
      return true;
    }
    return apply(page.getEpoch(), page.getChanges());
  }

  void forget(String conversation) {
    byConversation.remove(conversation);
    listed.remove(conversation);
  }

  private void stand(Changes changes, String epoch) {
    byConversation.put(
        changes.getConversationId(),
        new Standing(epoch, changes.getThrough(), changes.getSequence()));
  }
}

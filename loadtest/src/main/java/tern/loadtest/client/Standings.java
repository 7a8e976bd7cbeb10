// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tern.v1.CatchUpPage;
import tern.v1.Changes;

/// Where a device stands in each of its conversations: the `after`/`through` rule, nothing else.
/// Outlives the device's sockets; owned by its event loop.
final class Standings {
  private final Map<String, Standing> byConversation = new HashMap<>();

  Optional<Standing> of(String conversation) {
    return Optional.ofNullable(byConversation.get(conversation));
  }

  Set<String> conversations() {
    return byConversation.keySet();
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
  }

  private void stand(Changes changes, String epoch) {
    byConversation.put(
        changes.getConversationId(),
        new Standing(epoch, changes.getThrough(), changes.getSequence()));
  }
}

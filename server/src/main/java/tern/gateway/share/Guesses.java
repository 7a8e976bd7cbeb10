// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.share;

import java.time.Duration;
import tern.auth.FailedAttempts;
import tern.gateway.request.Asker;
import tern.gateway.request.LimitsConfig;

/// Wishes to join that named nothing, by the user who had them and by the address they came from:
/// who has many users at hand guesses no faster. Any thread may use it; it never blocks.
public final class Guesses {
  private final FailedAttempts ofUsers;
  private final FailedAttempts ofAddresses;

  /// Lets as many through as these limits say.
  public Guesses(LimitsConfig limits) {
    ofUsers = new FailedAttempts(limits.failedJoinsPerMinute(), System::nanoTime);
    ofAddresses = new FailedAttempts(limits.failedJoinsOfAddressPerMinute(), System::nanoTime);
  }

  /// How long they must wait before the next wish; zero: not at all.
  Duration timeToWait(Asker asker) {
    Duration ofUser = ofUsers.timeToWait(asker.user().value());
    if (asker.address().isEmpty()) {
      return ofUser;
    }
    Duration ofAddress = ofAddresses.timeToWait(asker.address());
    return ofUser.compareTo(ofAddress) > 0 ? ofUser : ofAddress;
  }

  /// Notes that they have named nothing.
  void failed(Asker asker) {
    ofUsers.failed(asker.user().value());
    if (!asker.address().isEmpty()) {
      ofAddresses.failed(asker.address());
    }
  }
}

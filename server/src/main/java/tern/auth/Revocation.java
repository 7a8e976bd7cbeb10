// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.time.Instant;
import tern.id.DeviceId;
import tern.id.UserId;

/// What makes some access tokens void.
public sealed interface Revocation {
  /// Whether it makes this token void when it comes from this device.
  boolean concerns(Identity token, DeviceId device);

  /// One token, by its `jti`.
  record OfToken(String tokenId) implements Revocation {
    @Override
    public boolean concerns(Identity token, DeviceId device) {
      return tokenId.equals(token.tokenId());
    }
  }

  /// Whatever was issued to the user before this time.
  record OfUser(UserId user, Instant issuedBefore) implements Revocation {
    @Override
    public boolean concerns(Identity token, DeviceId device) {
      return user.equals(token.user()) && token.issuedAt().isBefore(issuedBefore);
    }
  }

  /// Whatever was issued to the user before this time, where this device brings it.
  record OfDevice(UserId user, DeviceId device, Instant issuedBefore) implements Revocation {
    @Override
    public boolean concerns(Identity token, DeviceId from) {
      return device.equals(from)
          && user.equals(token.user())
          && token.issuedAt().isBefore(issuedBefore);
    }
  }

  /// Whatever the user brings, for as long as the app keeps them out.
  record OfBarred(UserId user) implements Revocation {
    @Override
    public boolean concerns(Identity token, DeviceId device) {
      return user.equals(token.user());
    }
  }
}

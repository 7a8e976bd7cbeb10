// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
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

  /// Whatever was issued to a user before they were erased; the user is known by a hash alone.
  ///
  /// @param salt what stands before the id in what is hashed
  /// @param hash SHA-256, in hexadecimal digits
  record OfErased(String salt, String hash, Instant erasedAt) implements Revocation {
    @Override
    public boolean concerns(Identity token, DeviceId device) {
      return token.issuedAt().isBefore(erasedAt) && hash.equals(hash(salt, token.user()));
    }

    /// Returns what stands for a user, in hexadecimal digits.
    public static String hash(String salt, UserId user) {
      try {
        byte[] salted = (salt + user.value()).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(salted));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
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

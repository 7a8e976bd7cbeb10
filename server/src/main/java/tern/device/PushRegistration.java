// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

/// Where a device can be pushed to, by the kind of its push service. One address belongs to one
/// device at a time. Never printed: whoever has it may be able to push.
public sealed interface PushRegistration {
  /// What the push service knows the device by; unique among registrations of the same kind.
  String address();

  /// The number of the kind in the store; it never changes.
  int kind();

  /// Apple's.
  ///
  /// @param token the device token, hexadecimal
  /// @param bundleId the app's, which is the topic of its pushes
  /// @param isSandbox whether the app was built for development
  record Apns(String token, String bundleId, boolean isSandbox) implements PushRegistration {
    /// Its number in the store.
    public static final int KIND = 1;

    @Override
    public String address() {
      return token;
    }

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public String toString() {
      return "Apns[[REDACTED], " + bundleId + "]";
    }
  }

  /// Google's, by a registration token.
  record FcmToken(String token) implements PushRegistration {
    /// Its number in the store.
    public static final int KIND = 2;

    @Override
    public String address() {
      return token;
    }

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public String toString() {
      return "FcmToken[[REDACTED]]";
    }
  }

  /// Google's, by a Firebase installation id.
  record FcmInstallation(String id) implements PushRegistration {
    /// Its number in the store.
    public static final int KIND = 3;

    @Override
    public String address() {
      return id;
    }

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public String toString() {
      return "FcmInstallation[[REDACTED]]";
    }
  }

  /// A browser's (RFC 8030).
  ///
  /// @param endpoint the subscription's address at the browser's push service
  /// @param p256dh the subscription's public key, URL-safe base64 of 65 bytes
  /// @param auth the secret that encryption is keyed with, URL-safe base64 of 16 bytes
  record WebPush(String endpoint, String p256dh, String auth) implements PushRegistration {
    /// Its number in the store.
    public static final int KIND = 4;

    @Override
    public String address() {
      return endpoint;
    }

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public String toString() {
      return "WebPush[[REDACTED]]";
    }
  }
}

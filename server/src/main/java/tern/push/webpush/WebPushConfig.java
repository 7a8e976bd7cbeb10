// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import java.util.regex.Pattern;

/// How browsers' push services know us.
///
/// @param contact whom they may turn to: a `mailto:` or `https:` address; empty: no Web Push
/// @param localCertificate for tests: a PEM file of the certificate with which a push service on
///     this machine, at any port, shows itself; empty: no address of this machine is pushed to
public record WebPushConfig(String contact, String localCertificate) {
  // Apple's service refuses what is none of both.
  private static final Pattern CONTACT =
      Pattern.compile("mailto:[^\\s@<>]+@[^\\s@<>]+|https://[^\\s<>]+");

  /// Refuses a contact that push services would not take.
  public WebPushConfig {
    if (!contact.isEmpty() && !CONTACT.matcher(contact).matches()) {
      throw new IllegalArgumentException(
          "push.web_push.contact: "
              + contact
              + " (expected: such as mailto:ops@example.com or https://example.com/contact)");
    }
  }

  /// Whether browsers are pushed to.
  public boolean isSet() {
    return !contact.isEmpty();
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

/// Who a device says it is.
public record DeviceName(String user, String device, String instance) {
  @Override
  public String toString() {
    return user + "/" + device + "/" + instance;
  }
}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// Everything that one phone did and saw that bears on pushes, in order.
public record PhoneLog(String user, String device, List<PhoneSeen> seen) {}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import com.google.protobuf.ByteString;
import java.util.List;

/// Knows what in a message is text that people read.
@FunctionalInterface
public interface SearchableText {
  /// The texts in an encoded body, in the order in which they are shown; none of what is encrypted,
  /// the app's own, the server's own, or deleted.
  List<String> of(ByteString body);
}

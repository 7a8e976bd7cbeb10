// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.util.Map;
import java.util.Optional;

/// What is to change of a profile; what is empty stays as it is.
///
/// @param metadata takes the place of all metadata
public record ProfileChange(
    Optional<String> name,
    Optional<String> imageUrl,
    Optional<String> locale,
    Optional<String> timeZone,
    Optional<Map<String, String>> metadata) {}

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What the app's backend says as the business itself. Start reading at
/// [tern.api.business.BusinessSends].
@NullMarked
package tern.api.business;

import org.jspecify.annotations.NullMarked;

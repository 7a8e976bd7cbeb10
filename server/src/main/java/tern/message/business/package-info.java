// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// What the business itself says. Start reading at [tern.message.business.BusinessMessages].
@NullMarked
package tern.message.business;

import org.jspecify.annotations.NullMarked;

// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/// Tern, a chat server that an app team runs itself.
///
/// The way of a message: [tern.gateway.socket] makes frames of bytes, [tern.gateway] routes them,
/// [tern.message.intake] stores many in one transaction and answers *accepted*,
/// [tern.message.Announcer] and [tern.delivery] hand what is committed to each [tern.session],
/// [tern.receipt] notes how far everybody has come, and [tern.message.history] and
/// [tern.message.inbox] read it again for whoever was away; [tern.search] finds it by its words,
/// and [tern.moderation] judges it before it is stored. [tern.conversation] knows who may speak
/// where, [tern.auth] whose socket it is, [tern.store] keeps it all; [tern.erasure] and
/// [tern.retention] make it forget.
///
/// Start reading at [tern.TernServer], the wiring.
@NullMarked
package tern;

import org.jspecify.annotations.NullMarked;

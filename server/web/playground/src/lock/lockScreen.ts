// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { InboxState } from "@tern/client";
import type { DemoPush } from "./pushStream.js";

const MOST_BANNERS = 20;

/** A banner: one for each conversation, whatever is written there. */
export interface Banner {
  /** Empty: about several conversations. */
  readonly conversationId: string;
  readonly sequence: number;
  readonly title: string;
  readonly text: string;
  readonly isUrgent: boolean;
  readonly atMs: number;
  /** How often it has made itself heard. */
  readonly rings: number;
}

/** What a locked phone shows. */
export interface LockScreen {
  /** The newest that was heard comes first. */
  readonly banners: readonly Banner[];
  readonly badge: number;
}

export const NOTHING: LockScreen = { banners: [], badge: 0 };

/** The lock screen after a push. */
export function pushed(screen: LockScreen, push: DemoPush, nowMs: number): LockScreen {
  const { conversationId, sequence, badge } = push;
  const before = screen.banners.find((one) => one.conversationId === conversationId);
  if (push.clear === true) {
    const isRead = before !== undefined && before.sequence <= sequence;
    return { badge, banners: isRead ? without(screen, before) : screen.banners };
  }
  const isAudible = push.audible ?? true;
  const banner: Banner = {
    ...{ conversationId, sequence },
    title: push.title ?? "",
    text: push.text ?? "",
    isUrgent: push.urgent ?? false,
    atMs: nowMs,
    rings: (before?.rings ?? 0) + (isAudible ? 1 : 0),
  };
  // A quiet one changes the words where they stand.
  const banners =
    isAudible || before === undefined
      ? [banner, ...without(screen, before)]
      : screen.banners.map((one) => (one === before ? banner : one));
  return { badge, banners: banners.slice(0, MOST_BANNERS) };
}

/** The lock screen after its owner has swiped a banner away, or tapped it. */
export function dismissed(screen: LockScreen, banner: Banner): LockScreen {
  const banners = screen.banners.filter(
    ({ conversationId }) => conversationId !== banner.conversationId,
  );
  return { ...screen, banners };
}

/** What the app itself does while it is in use: what was read leaves, and the badge is its own. */
export function used(screen: LockScreen, inbox: InboxState): LockScreen {
  const unread = new Set(
    [...inbox.entries, ...inbox.archived]
      .filter((entry) => entry.unread > 0)
      .map((entry) => entry.conversation.conversationId),
  );
  const banners = screen.banners.filter(({ conversationId }) => unread.has(conversationId));
  const isSame = banners.length === screen.banners.length && inbox.badge === screen.badge;
  return isSame ? screen : { banners, badge: inbox.badge };
}

/** What was kept by the browser, if it can be read. */
export function restored(text: string | null): LockScreen {
  try {
    const kept = JSON.parse(text ?? "") as LockScreen;
    return Array.isArray(kept.banners) && typeof kept.badge === "number" ? kept : NOTHING;
  } catch {
    return NOTHING;
  }
}

function without(screen: LockScreen, banner: Banner | undefined): readonly Banner[] {
  return screen.banners.filter((one) => one !== banner);
}

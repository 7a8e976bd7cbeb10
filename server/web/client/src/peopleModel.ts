// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** How a user is shown to others; nobody needs one. */
export interface Profile {
  readonly userId: string;
  /** May be empty. */
  readonly name: string;
  /** The address of a picture, or empty. */
  readonly imageUrl: string;
  /** A language tag such as "pt-BR", or empty. */
  readonly locale: string;
  /** A name of the IANA time zone database such as "Europe/Berlin", or empty. */
  readonly timeZone: string;
  /** The app's own. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly changedAtMs: number;
}

/** What is left out stays as it is; `metadata` takes the place of all there was. */
export type ProfileChange = Partial<Omit<Profile, "userId" | "changedAtMs">>;

/** Whether a user has the app on the screen. */
export interface Presence {
  readonly userId: string;
  readonly online: boolean;
  /** Give or take a minute; 0: not known, or not to be known. */
  readonly awaySinceMs: number;
}

/** Who may see whether one is online: all co-members, those one has written to, or nobody. */
export type PresenceVisibility = "everybody" | "contacts" | "nobody" | "unknown";

export interface Preferences {
  readonly presenceVisibility: PresenceVisibility;
  /** Looks away to all others until it is taken back. */
  readonly invisible: boolean;
}

export interface PreferencesChange {
  readonly presenceVisibility?: Exclude<PresenceVisibility, "unknown">;
  readonly invisible?: boolean;
}

/** What is known of other people, and of oneself; a new object after each change. */
export interface PeopleState {
  /** By user id, of those who have one and were watched or read. */
  readonly profiles: ReadonlyMap<string, Profile>;
  /** By user id, of those who are watched; empty while not connected. */
  readonly presences: ReadonlyMap<string, Presence>;
  /** Whom one has blocked. */
  readonly blocked: ReadonlySet<string>;
  /** Whom one has muted. */
  readonly muted: ReadonlySet<string>;
  /** Set once they were read or changed. */
  readonly preferences?: Preferences;
}

export type ReportReason =
  "spam" | "harassment" | "hate" | "violence" | "sexual" | "selfHarm" | "fraud" | "other";

/** A message of somebody else, or a person: with `conversationId` one who speaks in a live room. */
export type ReportSubject =
  | { readonly conversationId: string; readonly sequence: number }
  | { readonly userId: string; readonly conversationId?: string };

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

/** About which messages one wants pushes: all, those that mention one, or none. */
export type PushLevel = "all" | "mentions" | "none";

/** The hours of each day in which pushes wait, by the clock on the wall. */
export interface QuietHours {
  /** The first minute of quiet, such as "22:30". */
  readonly from: string;
  /** The first minute after it; before `from`, on the next day. Not the same. */
  readonly to: string;
  /** A name of the IANA time zone database such as "Europe/Berlin". */
  readonly zone: string;
}

export interface Preferences {
  readonly presenceVisibility: PresenceVisibility;
  /** Looks away to all others until it is taken back. */
  readonly invisible: boolean;
  /** Where nothing else is said of a conversation. */
  readonly pushLevel: PushLevel;
  /** None: no quiet hours. */
  readonly quietHours?: QuietHours;
  /** Whether a mention is pushed in spite of mutes and quiet hours. */
  readonly mentionsPass: boolean;
  /** Whether an urgent message is, also where only mentions are wanted. */
  readonly urgentPasses: boolean;
}

export interface PreferencesChange {
  readonly presenceVisibility?: Exclude<PresenceVisibility, "unknown">;
  readonly invisible?: boolean;
  readonly pushLevel?: PushLevel;
  /** "none" ends them. */
  readonly quietHours?: QuietHours | "none";
  readonly mentionsPass?: boolean;
  readonly urgentPasses?: boolean;
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
